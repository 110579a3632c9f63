package io.millrace.local.report;

import java.util.Collection;

/** What a stack is doing. */
public enum StackState {
    /** Not every room has been ready yet. */
    STARTING,
    READY,
    /** It was ready; a room is not at the moment. */
    DEGRADED,
    /** A room was given up. */
    FAILED,
    STOPPING,
    STOPPED;

    /** @param wasReady whether all rooms were ready before */
    public static StackState of(Collection<RoomState> rooms, boolean wasReady) {
        if (rooms.contains(RoomState.FAILED)) {
            return FAILED;
        }
        if (rooms.stream().allMatch(state -> state == RoomState.READY)) {
            return READY;
        }
        return wasReady ? DEGRADED : STARTING;
    }
}
