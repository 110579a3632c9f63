package io.millrace.local.report;

/** What a room is doing. */
public enum RoomState {
    /** Rooms it needs are not ready yet. */
    WAITING,
    /** Its process runs but does not answer as it should yet. */
    STARTING,
    READY,
    /** It was ready and has stopped answering; its process runs. */
    UNHEALTHY,
    /** Its process ended; it is started again after a pause. */
    RESTARTING,
    /** It was started too often in vain and is left alone. */
    FAILED,
    STOPPED
}
