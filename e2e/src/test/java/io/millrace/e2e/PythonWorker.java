package io.millrace.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the Python worker with the system's interpreter. */
final class PythonWorker {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path SCRIPT = Path.of("src", "test", "worker", "poster_worker.py");

    private PythonWorker() {}

    /** How a run ended. */
    record Run(int exit, String output) {}

    /** Whether the interpreter and its HTTP client are there. */
    static boolean available() {
        try {
            return run(List.of(PYTHON, "-c", "import aiohttp")).exit() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static Run work(String url, String apiKey, String task, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPT.toString(), url, apiKey, task));
        command.addAll(List.of(options));
        return run(command);
    }

    private static Run run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IOException("the worker has not ended within 60 s: " + output);
            }
            return new Run(process.exitValue(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
