package io.millrace.edge.broker;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.watch.ProgressHistory.Range;
import io.millrace.edge.watch.ProgressHistory.Unreadable;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Reads stretches of the progress log again. Those who wait for the same partition share one scan. */
final class ReplayScanner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayScanner.class);
    private static final int MAX_WAITING = 256;
    private static final long MAX_BYTES = 16L << 20;
    private static final Duration DEADLINE = Duration.ofSeconds(8);
    private static final Duration ASK = Duration.ofSeconds(2);

    private final Map<String, Object> consumerSettings;
    private final BlockingQueue<Request> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

    ReplayScanner(Map<String, Object> consumerSettings) {
        this.consumerSettings = Map.copyOf(consumerSettings);
    }

    /** One reader's wish and what was found for it so far. */
    private static final class Request {
        private final Range range;
        private final byte[] key;
        private final List<LogRecord> found = new ArrayList<>();
        private final Sinks.One<List<LogRecord>> answer = Sinks.one();
        private long bytes;

        Request(Range range) {
            this.range = range;
            this.key = range.userId().getBytes(StandardCharsets.UTF_8);
        }

        void take(ConsumerRecord<byte[], byte[]> record) throws InvalidProtocolBufferException {
            boolean inside = record.offset() >= range.from() && record.offset() <= range.to();
            if (!inside || bytes > MAX_BYTES || !Arrays.equals(key, record.key())) {
                return;
            }
            Progress progress = Progress.parseFrom(record.value());
            if (range.taskId() == null || range.taskId().equals(progress.getTaskId())) {
                found.add(LogRecord.of(record.partition(), record.offset(), progress));
                bytes += record.value().length;
            }
        }

        void finish() {
            if (bytes > MAX_BYTES) {
                fail(new Unreadable("too_far_back", "what was missed is larger than " + MAX_BYTES + " bytes"));
            } else {
                answer.tryEmitValue(found);
            }
        }

        void fail(Unreadable failure) {
            answer.tryEmitError(failure);
        }
    }

    Mono<List<LogRecord>> read(Range range) {
        return Mono.defer(() -> {
            Request request = new Request(range);
            if (!waiting.offer(request)) {
                return Mono.error(new Unreadable("unavailable", "too many replays are under way"));
            }
            return request.answer
                    .asMono()
                    .publishOn(Schedulers.parallel())
                    .timeout(
                            DEADLINE.plus(ASK),
                            Mono.error(new Unreadable("unavailable", "the log did not answer in time")));
        });
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            List<Request> together = new ArrayList<>();
            try {
                together.add(waiting.take());
                int partition = together.get(0).range.partition();
                for (Request other : List.copyOf(waiting)) {
                    if (other.range.partition() == partition && waiting.remove(other)) {
                        together.add(other);
                    }
                }
                scan(partition, together);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warn("event=replay_failed requests={} error={}", together.size(), e.toString());
                together.forEach(request -> request.fail(new Unreadable("unavailable", e.toString())));
            }
        }
    }

    private void scan(int partition, List<Request> requests) {
        TopicPartition source = new TopicPartition(Topic.PROGRESS.topicName(), partition);
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings)) {
            consumer.assign(List.of(source));
            long first = consumer.beginningOffsets(List.of(source), ASK).getOrDefault(source, 0L);
            requests.stream()
                    .filter(request -> request.range.from() < first)
                    .forEach(request -> request.fail(new Unreadable("retention", "the log begins at " + first)));
            List<Request> possible =
                    requests.stream().filter(r -> r.range.from() >= first).toList();
            if (possible.isEmpty()) {
                return;
            }
            long from = possible.stream().mapToLong(r -> r.range.from()).min().orElse(first);
            long to = possible.stream().mapToLong(r -> r.range.to()).max().orElse(first);
            consumer.seek(source, from);
            while (consumer.position(source, ASK) <= to) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("scan of partition " + partition + " took too long");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    hand(record, possible);
                }
            }
            possible.forEach(Request::finish);
        }
    }

    private static void hand(ConsumerRecord<byte[], byte[]> record, List<Request> requests) {
        for (Request request : requests) {
            try {
                request.take(record);
            } catch (InvalidProtocolBufferException e) {
                LOG.warn(
                        "event=record_unreadable topic={} partition={} offset={} error={}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.toString());
            }
        }
    }
}
