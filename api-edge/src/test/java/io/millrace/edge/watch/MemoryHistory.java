package io.millrace.edge.watch;

import io.millrace.edge.live.LogRecord;
import java.util.List;
import reactor.core.publisher.Mono;

/** The progress log as a list; the offset of a record is its index. */
final class MemoryHistory implements ProgressHistory {
    private final List<LogRecord> log;

    MemoryHistory(List<LogRecord> log) {
        this.log = log;
    }

    @Override
    public Mono<List<LogRecord>> read(Range range) {
        return Mono.fromSupplier(() -> log.subList((int) range.from(), (int) range.to() + 1).stream()
                .filter(record -> record.progress().getUserId().equals(range.userId()))
                .filter(record ->
                        range.taskId() == null || record.progress().getTaskId().equals(range.taskId()))
                .toList());
    }

    @Override
    public Mono<Long> end(int partition) {
        return Mono.just((long) log.size());
    }

    @Override
    public Mono<Long> firstSince(int partition, long timeMillis) {
        return Mono.fromSupplier(() -> log.stream()
                .filter(record -> record.progress().getTimeMs() < timeMillis)
                .count());
    }
}
