package io.millrace.local.home;

import io.millrace.local.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The built repository from which the rooms are run.
 *
 * @param root folder with the {@code millrace} script
 */
public record CodeBase(Path root) {
    private static final String ROOT_VARIABLE = "MILLRACE_ROOT";
    private static final String REMEDY = "; build it with ./mvnw -B -DskipTests package";

    public CodeBase {
        root = root.toAbsolutePath().normalize();
    }

    /** The one named by {@code MILLRACE_ROOT}, otherwise the one around the working folder. */
    public static CodeBase find() {
        Optional<String> named = Optional.ofNullable(System.getenv(ROOT_VARIABLE));
        if (named.isPresent()) {
            return new CodeBase(Path.of(named.get()));
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("millrace")) && Files.exists(folder.resolve("pom.xml"))) {
                return new CodeBase(folder);
            }
        }
        throw new UserError("There is no Millrace around " + start + "; set " + ROOT_VARIABLE + " to its folder.");
    }

    /** Class path of a module: its own classes, then what {@code target/classpath} lists. */
    public String classPath(String module) {
        Path target = root.resolve(module).resolve("target");
        Path list = target.resolve("classpath");
        List<String> entries = new ArrayList<>();
        entries.add(target.resolve("classes").toString());
        try {
            entries.addAll(List.of(Files.readString(list).strip().split(File.pathSeparator)));
        } catch (IOException absent) {
            throw new UserError("The module " + module + " is not built: " + list + " is missing" + REMEDY + ".");
        }
        for (String entry : entries) {
            if (!entry.isEmpty() && !Files.exists(Path.of(entry))) {
                throw new UserError("The module " + module + " needs " + entry + ", which is missing" + REMEDY + ".");
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Changes with each build by the {@code millrace} script; empty before the first. */
    public String buildStamp() throws IOException {
        Path stamp = root.resolve("target/.millrace-built");
        return Files.exists(stamp) ? Files.getLastModifiedTime(stamp).toString() : "";
    }

    /** Where the program files of the database are unpacked, shared by all stacks of this repository. */
    public Path databasePrograms() {
        return root.resolve("local/target/mariadb");
    }
}
