package io.millrace.readmodel.sink;

import io.millrace.readmodel.event.ReceivedEvent;

/**
 * An event, or the document in it, that the tables cannot take.
 *
 * @param reason one line that names the field and what is wrong with it
 */
public record Rejection(ReceivedEvent event, String reason) {}
