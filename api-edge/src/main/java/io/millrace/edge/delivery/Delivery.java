package io.millrace.edge.delivery;

import java.time.Instant;

/**
 * A message in the hands of this edge.
 *
 * @param claim the name under which it was taken
 * @param attempts that were made before
 * @param since when it was first tried or asked for again
 * @param history JSON list of what became of the last attempts
 */
record Delivery(
        long id,
        String webhookId,
        String messageId,
        String body,
        String claim,
        int attempts,
        Instant since,
        String history) {
    /**
     * What came of one attempt.
     *
     * @param status of the answer; 0 when there was none
     * @param error why it failed; empty when it went well
     * @param millis how long it took
     * @param retryAfterSeconds what the endpoint asked for; 0 when nothing
     */
    record Outcome(int status, String error, long millis, long retryAfterSeconds) {
        boolean taken() {
            return status >= 200 && status < 300;
        }

        boolean gone() {
            return status == 410;
        }
    }
}
