package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.client.EdgeClient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Presets: parameters under a name, for submits with {@code preset_id}. */
@Command(name = "preset", mixinStandardHelpOptions = true, description = "List, show, keep or delete presets.")
final class PresetCommand {
    private static final String PRESETS = "/api/v1/presets";
    private static final String ROW = "%-32s %-16s %7s  %s%n";

    @Command(mixinStandardHelpOptions = true, description = "List the presets of a user.")
    int list(@Option(names = "--user", defaultValue = StackChoice.DEMO_USER) String user)
            throws IOException, InterruptedException {
        return list(edge(user), System.out);
    }

    static int list(EdgeClient edge, PrintStream out) throws IOException, InterruptedException {
        out.printf(Locale.ROOT, ROW, "ID", "TYPE", "VERSION", "NAME");
        for (JsonNode preset : Pages.all(edge, PRESETS, "presets")) {
            out.printf(
                    Locale.ROOT,
                    ROW,
                    preset.path("id").asText(),
                    preset.path("type").asText(),
                    preset.path("version").asText(),
                    preset.path("name").asText());
        }
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Show a preset.")
    int show(
            @Parameters(paramLabel = "PRESET") String preset,
            @Option(names = "--user", defaultValue = StackChoice.DEMO_USER) String user)
            throws IOException, InterruptedException {
        System.out.println(edge(user).get(path(preset)).toPrettyString());
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Create or replace a preset.")
    int put(
            @Parameters(index = "0", paramLabel = "PRESET") String preset,
            @Parameters(index = "1", paramLabel = "FILE", description = "Body of PUT /api/v1/presets/PRESET.")
                    Path file,
            @Option(names = "--user", defaultValue = StackChoice.DEMO_USER) String user)
            throws IOException, InterruptedException {
        return put(edge(user), preset, file, System.out);
    }

    static int put(EdgeClient edge, String preset, Path file, PrintStream out)
            throws IOException, InterruptedException {
        JsonNode kept = edge.put(path(preset), SubmitCommand.read(file));
        out.println(
                kept.path("id").asText() + " version " + kept.path("version").asText());
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Delete a preset; tasks made from it keep their parameters.")
    int delete(
            @Parameters(paramLabel = "PRESET") String preset,
            @Option(names = "--user", defaultValue = StackChoice.DEMO_USER) String user)
            throws IOException, InterruptedException {
        return delete(edge(user), preset, System.out);
    }

    static int delete(EdgeClient edge, String preset, PrintStream out) throws IOException, InterruptedException {
        edge.delete(path(preset));
        out.println("deleted " + preset);
        return 0;
    }

    private static String path(String preset) {
        if (!preset.matches("[A-Za-z0-9._-]{1,64}") || preset.matches("[.]{1,2}")) {
            throw new IllegalArgumentException(
                    "the id of a preset has 1 to 64 of A-Z a-z 0-9 . _ - and is not " + preset);
        }
        return PRESETS + "/" + preset;
    }

    private static EdgeClient edge(String user) throws IOException {
        return StackChoice.edge(StackChoice.stack(), user);
    }
}
