package io.millrace.local;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs from a plain start.
 *
 * @param rooms the rooms to start; tests may leave some out
 * @param environment more variables, by room, on top of those the stack sets
 * @param fresh lay the jobs' checkpoints aside and start them empty; refused by a stack that runs
 * @param inference program that stands in for the inference room; null: the room itself
 */
public record StackOptions(
        Set<Room> rooms,
        Map<Room, Map<String, String>> environment,
        boolean fresh,
        @Nullable Program inference) {
    /**
     * A program of this repository.
     *
     * @param module folder of the module it runs from
     */
    public record Program(String module, String mainClass) {}

    public StackOptions {
        rooms = Set.copyOf(rooms);
        environment = Map.copyOf(environment);
    }

    /** All rooms, nothing special. */
    public static StackOptions standard() {
        return new StackOptions(EnumSet.allOf(Room.class), Map.of(), false, null);
    }

    /** Only these rooms; each is started without waiting for what is left out. */
    public StackOptions only(Room first, Room... more) {
        return new StackOptions(EnumSet.of(first, more), environment, fresh, inference);
    }

    /** With one more variable for one room. */
    public StackOptions with(Room room, String name, String value) {
        Map<Room, Map<String, String>> all = new EnumMap<>(Room.class);
        all.putAll(environment);
        Map<String, String> variables = new HashMap<>(all.getOrDefault(room, Map.of()));
        variables.put(name, value);
        all.put(room, Map.copyOf(variables));
        return new StackOptions(rooms, all, fresh, inference);
    }

    /** The same with or without the old state of the jobs. */
    public StackOptions fresh(boolean wanted) {
        return new StackOptions(rooms, environment, wanted, inference);
    }

    /** With a folder of definitions beside what ships, the same for all rooms. */
    public StackOptions definitions(Path folder) {
        StackOptions all = this;
        for (Room room : Room.values()) {
            all = all.with(
                    room,
                    "MILLRACE_DEFINITIONS",
                    folder.toAbsolutePath().normalize().toString());
        }
        return all;
    }

    /** With another program in place of the inference room, on its port and with its settings. */
    public StackOptions inference(String module, String mainClass) {
        return new StackOptions(rooms, environment, fresh, new Program(module, mainClass));
    }
}
