package io.millrace.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Counts up and writes each number down: after a restore it goes on where the checkpoint was. */
public final class CountingJob {
    private CountingJob() {}

    /** One argument of ours: {@code --numbers=FOLDER}. The file is called after the class that was asked to run. */
    public static void main(String[] args) throws Exception {
        run("one", args);
    }

    /** The same under another name. */
    public static final class Second {
        private Second() {}

        public static void main(String[] args) throws Exception {
            run("two", args);
        }
    }

    private static void run(String name, String[] args) throws Exception {
        String folder = args[0].substring("--numbers=".length());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(200);
        env.fromSequence(0, Long.MAX_VALUE)
                .uid("numbers")
                .map(number -> note(Path.of(folder, name), number))
                .uid("note")
                .print()
                .uid("print");
        env.executeAsync(name);
    }

    private static Long note(Path file, Long number) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        try {
            Files.writeString(file, number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return number;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
