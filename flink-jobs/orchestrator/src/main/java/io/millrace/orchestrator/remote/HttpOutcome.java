package io.millrace.orchestrator.remote;

/** How one HTTP call ended. There is no other way: the future of a call never fails. */
sealed interface HttpOutcome {
    /** The endpoint answered, whatever it said. */
    record Answered(int status, byte[] body) implements HttpOutcome {}

    /** No connection: nothing was sent. */
    record NotReached(String cause) implements HttpOutcome {}

    /** The connection broke after the request had been sent. */
    record Dropped(String cause) implements HttpOutcome {}

    /** The deadline passed while the endpoint was alive. */
    record TimedOut() implements HttpOutcome {}

    /** The endpoint takes connections and says nothing, not even about its health: it hangs. */
    record Silent() implements HttpOutcome {}
}
