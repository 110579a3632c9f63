package io.millrace.edge.delivery;

/**
 * A record of {@code tasks.events.v1} that is committed.
 *
 * @param type CloudEvents type, {@code io.millrace.task.completed}
 * @param id unique, {@code TASK_ID-VERSION}
 * @param data JSON
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record CommittedEvent(String type, String id, byte[] data) {}
