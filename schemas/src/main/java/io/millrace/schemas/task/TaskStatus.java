package io.millrace.schemas.task;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** States of a task and the moves between them. This is the only place that knows which moves are legal. */
public enum TaskStatus {
    PENDING,
    QUEUED,
    PROCESSING,
    PAUSED,
    COMPLETED,
    PARTIAL_FAILURE,
    FAILED,
    CANCELLED;

    private static final Set<TaskStatus> TERMINAL = EnumSet.of(COMPLETED, PARTIAL_FAILURE, FAILED, CANCELLED);
    private static final Map<String, TaskStatus> BY_WIRE_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(TaskStatus::wireName, Function.identity()));

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Whether the task has ended. A failed or partly failed task may be recovered; a completed or cancelled one may not. */
    public boolean terminal() {
        return TERMINAL.contains(this);
    }

    public boolean mayBecome(TaskStatus next) {
        return switch (this) {
            case PENDING -> next == QUEUED || next == CANCELLED || next == FAILED || next == PAUSED;
            case QUEUED -> next == PROCESSING || next == CANCELLED || next == FAILED || next == PAUSED;
            case PROCESSING -> next.terminal() || next == PAUSED || next == QUEUED;
            case PAUSED -> next == QUEUED || next == CANCELLED || next == FAILED;
            case FAILED, PARTIAL_FAILURE -> next == QUEUED;
            case COMPLETED, CANCELLED -> false;
        };
    }

    /** Wire names of the states in which a task has ended. */
    public static List<String> terminalNames() {
        return TERMINAL.stream().map(TaskStatus::wireName).toList();
    }

    /** Lower case, as on the wire and in the API. */
    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when no status has this name */
    public static TaskStatus ofWireName(String wireName) {
        return find(wireName).orElseThrow(() -> new IllegalArgumentException("no status is named " + wireName));
    }

    /** Empty when no status has this name. */
    public static Optional<TaskStatus> find(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }
}
