package io.millrace.schemas.workflow;

import io.millrace.schemas.yaml.UnsoundDefinition;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A remote function and how it is called.
 *
 * @param name as workflows name it
 * @param url its own address; null: the one inference address of the installation
 * @param slots calls of one batcher in flight at once, 1 to 32; 0: as the installation says
 * @param batch items of one call at most, 1 to 256
 * @param maxWait how long an item may wait for company although a slot is free
 */
public record FunctionEndpoint(String name, @Nullable URI url, int slots, int batch, Duration maxWait) {
    private static final int MAX_SLOTS = 32;
    private static final int MAX_BATCH = 256;
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    /** What {@code functions.yaml} says of a function; null: as the installation and the workflows say. */
    record Settings(
            @Nullable URI url,
            @Nullable Integer slots,
            @Nullable Integer batch,
            @Nullable Duration maxWait) {
        static final Settings NONE = new Settings(null, null, null, null);

        Settings {
            require(slots == null || (slots >= 1 && slots <= MAX_SLOTS), "slots", "must be from 1 to " + MAX_SLOTS);
            require(batch == null || (batch >= 1 && batch <= MAX_BATCH), "batch", "must be from 1 to " + MAX_BATCH);
            require(
                    maxWait == null || (!maxWait.isNegative() && maxWait.compareTo(MAX_WAIT) <= 0),
                    "max_wait",
                    "must be from 0ms to 10s");
        }

        private static void require(boolean holds, String field, String rule) {
            if (!holds) {
                throw new UnsoundDefinition(field, rule);
            }
        }
    }

    /** Names become part of addresses. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-');
    }
}
