package io.millrace.edge.broker;

import io.millrace.edge.command.CommandAnswers;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.ReadThrough;
import io.millrace.edge.watch.Hub;
import io.millrace.edge.watch.ProgressHistory;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.topic.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/** The logs the edge reads: one thread follows progress and commands, one the committed events, one replays. */
final class Logs implements SmartLifecycle, ReadThrough, ProgressHistory {
    private static final Logger LOG = LoggerFactory.getLogger(Logs.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration STOP = Duration.ofSeconds(3);
    private static final List<Topic> LIVE = List.of(Topic.PROGRESS, Topic.COMMANDS);

    private final LogTail live;
    private final LogTail events;
    private final ReplayScanner scanner;
    private final LogEnds ends;
    private List<Thread> threads = List.of();

    Logs(KafkaSettings settings, KafkaAccess kafka, Hub hub, CommandAnswers answers, LogEnds ends, Clock clock) {
        this.live = new LogTail(
                "live",
                LIVE,
                consumer(kafka, "live", "read_uncommitted"),
                new TailStart(clock, settings.replay(), Long.MAX_VALUE / 2),
                new ProgressHandler(hub, answers));
        this.events = new LogTail(
                "events",
                List.of(Topic.EVENTS),
                consumer(kafka, "events", "read_committed"),
                new TailStart(clock, settings.replay(), settings.maxEventsReplayed()),
                new EventHandler(hub));
        this.scanner = new ReplayScanner(consumer(kafka, "replay", "read_uncommitted"));
        this.ends = ends;
    }

    private static Map<String, Object> consumer(KafkaAccess kafka, String purpose, String isolation) {
        return kafka.client(Map.ofEntries(
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, "millrace-edge-" + purpose),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000),
                Map.entry(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000),
                Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000),
                Map.entry(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000),
                Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class)));
    }

    @Override
    public Mono<Void> toEnd() {
        if (!live.caughtUp()) {
            return Mono.error(notAnswering());
        }
        return ends.of(LIVE)
                .flatMap(offsets -> live.waiters().until(offsets))
                .timeout(PATIENCE)
                .onErrorMap(failure -> {
                    LOG.warn("event=read_through_failed error={}", failure.toString());
                    return notAnswering();
                });
    }

    private static Problem notAnswering() {
        return Problem.unavailable("the progress log cannot be read at the moment", ErrorCode.UNAVAILABLE);
    }

    @Override
    public Mono<List<LogRecord>> read(Range range) {
        return scanner.read(range);
    }

    @Override
    public Mono<Long> end(int partition) {
        TopicPartition wanted = new TopicPartition(Topic.PROGRESS.topicName(), partition);
        return ends.of(List.of(Topic.PROGRESS)).map(found -> found.getOrDefault(wanted, 0L));
    }

    @Override
    public Mono<Long> firstSince(int partition, long timeMillis) {
        TopicPartition wanted = new TopicPartition(Topic.PROGRESS.topicName(), partition);
        // None that young: the broker says -1.
        return ends.at(wanted, timeMillis).flatMap(offset -> offset < 0 ? end(partition) : Mono.just(offset));
    }

    /** What health shows. */
    Map<String, Object> state() {
        Map<String, Object> state = new HashMap<>();
        state.put("caught_up", live.caughtUp());
        state.put("connected", live.connected());
        state.put("events_caught_up", events.caughtUp());
        return state;
    }

    boolean ready() {
        return live.caughtUp() && live.connected();
    }

    @Override
    public void start() {
        threads = List.of(
                new Thread(live, "tail-live"),
                new Thread(events, "tail-events"),
                new Thread(scanner, "replay-scanner"));
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    @Override
    public void stop() {
        live.stop();
        events.stop();
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(STOP.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads = List.of();
    }

    @Override
    public boolean isRunning() {
        return !threads.isEmpty();
    }
}
