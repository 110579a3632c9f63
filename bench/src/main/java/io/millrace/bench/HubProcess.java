package io.millrace.bench;

import io.millrace.local.home.CodeBase;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The edge with a hub that is fed by hand, in a JVM of its own; see {@code HubServer} of {@code bench/hub} for what it is asked and answers. */
final class HubProcess implements AutoCloseable {
    private static final String MARK = "hub ";

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;
    private final long[] ports;

    private HubProcess(Process process) throws IOException {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.ports = numbers(answer().substring("ready ".length()));
    }

    /** Starts it and waits until it listens. @param jvm options of {@code java} */
    static HubProcess start(int tasks, String secret, List<String> jvm) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "-cp",
                CodeBase.find().classPath("bench/hub"),
                "io.millrace.bench.hub.HubServer",
                Integer.toString(tasks),
                "--millrace.jwt-secret=" + secret,
                "--millrace.link-secret=" + secret));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new HubProcess(process);
        } catch (IOException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    int httpPort() {
        return (int) ports[0];
    }

    int rsocketPort() {
        return (int) ports[1];
    }

    /** Asks and waits for the numbers of the answer. */
    long[] ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        return numbers(answer());
    }

    double cpuSeconds() throws IOException {
        return JobProcess.cpuSeconds(process.pid());
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(MARK)) {
                return line.substring(MARK.length());
            }
            System.err.println(line);
        }
        throw new IOException("the hub has ended");
    }

    private static long[] numbers(String words) {
        return Arrays.stream(words.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
