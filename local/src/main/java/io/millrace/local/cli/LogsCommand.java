package io.millrace.local.cli;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.UserError;
import io.millrace.local.process.LogFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", mixinStandardHelpOptions = true, description = "Show the end of a room's log.")
final class LogsCommand implements Callable<Integer> {
    private static final String SUPERVISOR = "supervisor";
    private static final long POLL_MILLIS = 200;
    private static final int CHUNK = 64 << 10;

    @Parameters(
            paramLabel = "ROOM",
            description = "broker, database, inference, jobmanager, taskmanager, edge or supervisor")
    private String room = "";

    @Option(names = "-n", paramLabel = "LINES", description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines = 50;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalStack stack = StackChoice.stack();
        Path log = room.equals(SUPERVISOR)
                ? stack.setup().home().supervisorLog()
                : stack.setup().home().log(Room.ofId(room));
        if (!Files.exists(log)) {
            throw new UserError("The room " + room + " has no log yet; start the stack with ./millrace up.");
        }
        long end = Files.size(log);
        new LogFile(log).tail(lines).forEach(System.out::println);
        if (follow) {
            follow(log, end);
        }
        return 0;
    }

    private static void follow(Path log, long from) throws IOException, InterruptedException {
        long position = from;
        byte[] buffer = new byte[CHUNK];
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            while (true) {
                // The file is cut when it has grown too large.
                position = Math.min(position, file.length());
                file.seek(position);
                int read = file.read(buffer);
                if (read > 0) {
                    System.out.write(buffer, 0, read);
                    System.out.flush();
                    position += read;
                } else {
                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                }
            }
        }
    }
}
