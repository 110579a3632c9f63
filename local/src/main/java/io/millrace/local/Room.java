package io.millrace.local;

import java.util.List;
import java.util.Locale;

/** The processes of a local stack, in the order in which they are shown. */
public enum Room {
    /** The Kafka broker and controller in one JVM. */
    BROKER,
    /** MariaDB, standing in for MySQL. */
    DATABASE,
    /** The remote functions with their models. */
    INFERENCE,
    /** Flink's JobManager with both jobs. */
    JOBMANAGER,
    /** Flink's TaskManager. */
    TASKMANAGER,
    /** REST and RSocket. */
    EDGE;

    /** Name of its files and on the command line, for example {@code broker}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Rooms that must be ready before this one is started for the first time. */
    public List<Room> needs() {
        return switch (this) {
            case BROKER, DATABASE, INFERENCE, TASKMANAGER -> List.of();
            case JOBMANAGER, EDGE -> List.of(BROKER, DATABASE);
        };
    }

    /** @throws IllegalArgumentException naming the rooms there are */
    public static Room ofId(String id) {
        for (Room room : values()) {
            if (room.id().equals(id)) {
                return room;
            }
        }
        throw new IllegalArgumentException("there is no room " + id + ", only "
                + String.join(", ", List.of(values()).stream().map(Room::id).toList()));
    }
}
