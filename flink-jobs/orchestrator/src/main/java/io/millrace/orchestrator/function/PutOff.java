package io.millrace.orchestrator.function;

import com.google.protobuf.MessageLite;
import io.millrace.engine.DefinitionMissing;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.statefun.sdk.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that wait for a definition: each comes again, as it is, and nothing is decided before. If it were dropped a task would
 * have lost its alarm or its answer, and would stand still even after the definition is back.
 */
final class PutOff {
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PutOff.class);

    /** What was told already since the job started: there may be thousands of messages about one definition. */
    private final Set<String> told = new HashSet<>();

    void again(Context context, MessageLite message, DefinitionMissing missing) {
        String reason = String.valueOf(missing.getMessage());
        if (told.add(reason)) {
            LOG.error(
                    "event=definition_missing function={} id={} error=\"{}\"",
                    context.self().type(),
                    context.self().id(),
                    reason);
        }
        context.metrics().counter("put_off").inc();
        context.sendAfter(PAUSE, context.self(), message);
    }
}
