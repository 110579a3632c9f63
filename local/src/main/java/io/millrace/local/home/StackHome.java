package io.millrace.local.home;

import io.millrace.local.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one stack: everything it writes lies below.
 *
 * @param folder absolute
 */
public record StackHome(Path folder) {
    private static final String TEMPORARY = "tmp";

    public StackHome {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Held by the supervisor as long as it lives. */
    public Path lock() {
        return folder.resolve("supervisor.lock");
    }

    public Path supervisorPid() {
        return folder.resolve("supervisor.pid");
    }

    public Path supervisorLog() {
        return folder.resolve("logs/supervisor.log");
    }

    public Path status() {
        return folder.resolve("status.json");
    }

    public Path options() {
        return folder.resolve("options.json");
    }

    /** Readable by its owner only. */
    public Path secrets() {
        return folder.resolve("secrets.json");
    }

    /** For {@code kcat -F}; readable by its owner only. */
    public Path kcat() {
        return folder.resolve("kcat.conf");
    }

    /** For Kafka's own tools and every room; readable by its owner only. */
    public Path kafkaProperties() {
        return folder.resolve("kafka.properties");
    }

    public Path pid(Room room) {
        return folder.resolve("run").resolve(room.id() + ".pid");
    }

    public Path log(Room room) {
        return folder.resolve("logs").resolve(room.id() + ".log");
    }

    public Path broker() {
        return folder.resolve("kafka");
    }

    public Path database() {
        return folder.resolve("mariadb");
    }

    public Path artifacts() {
        return folder.resolve("artifacts");
    }

    public Path models() {
        return folder.resolve("models");
    }

    public Path flink() {
        return folder.resolve("flink");
    }

    /** One folder for each job, with its checkpoints and savepoints. */
    public Path jobs() {
        return flink().resolve("jobs");
    }

    /** Where a room's process keeps what is of no use after it. */
    public Path temporary(Room room) {
        return folder.resolve(TEMPORARY).resolve(room.id());
    }

    /** Makes the room's temporary folder, and empties it of what a process left behind that was killed. */
    public void clearTemporary(Room room) throws IOException {
        delete(temporary(room));
        Files.createDirectories(temporary(room));
    }

    /** Deletes what a stack stores, and the folder if nothing else is in it. The stack must be down. */
    public void wipe() throws IOException {
        List<Path> stored = List.of(
                folder.resolve("run"),
                folder.resolve("logs"),
                folder.resolve(TEMPORARY),
                broker(),
                database(),
                artifacts(),
                models(),
                flink(),
                options(),
                status(),
                supervisorPid(),
                lock(),
                kcat(),
                kafkaProperties(),
                secrets());
        for (Path path : stored) {
            delete(path);
        }
        try (Stream<Path> left = Files.list(folder)) {
            if (left.findAny().isEmpty()) {
                Files.delete(folder);
            }
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
