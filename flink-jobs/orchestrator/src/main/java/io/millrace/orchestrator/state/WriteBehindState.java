package io.millrace.orchestrator.state;

/** A state that the state behind it does not know yet as it is. */
interface WriteBehindState {
    /** Writes what has changed; the key that was current is so again afterwards. */
    void write() throws Exception;
}
