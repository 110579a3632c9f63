package io.millrace.edge.prefer;

import io.millrace.edge.access.Caller;
import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.watch.Streams;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Holds an answer until its task has ended, for callers that want the result and no stream. */
@Component
public final class EndOfTask {
    private final Streams streams;

    EndOfTask(Streams streams) {
        this.streams = streams;
    }

    /** Completes when the task has ended or the wait is over, and at once when the task cannot be watched: never fails. */
    public Mono<Void> await(Caller caller, String taskId, Preference preference) {
        if (!preference.isToWait()) {
            return Mono.empty();
        }
        return streams.ofTask(caller, taskId, null)
                .flatMapMany(Streams.Stream::events)
                .takeUntil(EndOfTask::isEnd)
                .then()
                .timeout(preference.patience(), Mono.empty())
                .onErrorComplete();
    }

    private static boolean isEnd(LiveEvent event) {
        return event.content() instanceof LiveEvent.StepTaken taken
                && taken.view().ended();
    }
}
