package io.millrace.edge.broker;

import io.millrace.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows every partition of some topics with one thread and without a consumer group. It survives a broker that is not there yet, goes
 * away or comes back empty.
 */
final class LogTail implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final long MIN_PAUSE_MILLIS = 200;
    private static final long MAX_PAUSE_MILLIS = 5_000;

    private final String name;
    private final List<Topic> topics;
    private final Map<String, Object> consumerSettings;
    private final TailStart start;
    private final TailHandler handler;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final TailWaiters waiters = new TailWaiters();
    private volatile Map<TopicPartition, Long> endsAtStart = Map.of();
    private volatile boolean assigned;
    private volatile boolean caughtUp;
    private volatile boolean connected;
    private volatile boolean running = true;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    LogTail(
            String name,
            List<Topic> topics,
            Map<String, Object> consumerSettings,
            TailStart start,
            TailHandler handler) {
        this.name = name;
        this.topics = List.copyOf(topics);
        this.consumerSettings = Map.copyOf(consumerSettings);
        this.start = start;
        this.handler = handler;
    }

    @Override
    public void run() {
        int failures = 0;
        while (running) {
            try (KafkaConsumer<byte[], byte[]> opened = new KafkaConsumer<>(consumerSettings)) {
                consumer = opened;
                follow(opened);
            } catch (WakeupException e) {
                LOG.debug("event=tail_stopped tail={}", name);
            } catch (RuntimeException e) {
                failures++;
                LOG.warn("event=tail_failed tail={} failures={} error={}", name, failures, e.toString());
                pause(failures);
            } finally {
                connected = false;
                consumer = null;
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> opened) {
        List<TopicPartition> partitions = partitions(opened);
        opened.assign(partitions);
        Map<TopicPartition, Long> unknown = start.offsets(
                opened,
                partitions.stream().filter(p -> !positions.containsKey(p)).toList(),
                ASK);
        for (TopicPartition partition : partitions) {
            Long from = positions.get(partition);
            if (from == null) {
                from = unknown.getOrDefault(partition, 0L);
                handler.begins(partition, from);
                positions.put(partition, from);
            }
            opened.seek(partition, from);
        }
        if (!assigned) {
            endsAtStart = opened.endOffsets(partitions, ASK);
            assigned = true;
            LOG.info("event=tail_assigned tail={} partitions={}", name, partitions.size());
        }
        while (running) {
            pollOnce(opened);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> opened) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : topics) {
            List<PartitionInfo> known = opened.partitionsFor(topic.topicName(), ASK);
            if (known.size() < topic.partitions()) {
                throw new IllegalStateException("topic " + topic.topicName() + " has " + known.size() + " of "
                        + topic.partitions() + " partitions: create the topics first");
            }
            known.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        return partitions;
    }

    private void pollOnce(KafkaConsumer<byte[], byte[]> opened) {
        try {
            opened.poll(POLL).forEach(handler::record);
        } catch (OffsetOutOfRangeException e) {
            startOver(opened, e.offsetOutOfRangePartitions());
        }
        for (TopicPartition partition : opened.assignment()) {
            positions.put(partition, opened.position(partition, ASK));
        }
        noteConnection(ConnectionCount.of(opened) > 0);
        if (!caughtUp && reached(endsAtStart)) {
            caughtUp = true;
            LOG.info("event=tail_caught_up tail={}", name);
        }
        waiters.release(this::reached);
    }

    private void noteConnection(boolean now) {
        if (now != connected) {
            connected = now;
            LOG.info("event={} tail={}", now ? "broker_connected" : "broker_lost", name);
        }
    }

    /** Retention overtook us, or the log was emptied: go on from its first record. */
    private void startOver(KafkaConsumer<byte[], byte[]> opened, Map<TopicPartition, Long> lost) {
        Map<TopicPartition, Long> first = opened.beginningOffsets(lost.keySet(), ASK);
        Map<TopicPartition, Long> next = new HashMap<>(lost);
        lost.forEach((partition, offset) -> {
            long from = first.getOrDefault(partition, 0L);
            if (from < offset) {
                handler.reset(partition);
                handler.begins(partition, from);
            }
            next.put(partition, from);
            LOG.warn(
                    "event=tail_position_lost tail={} topic={} partition={} offset={} from={}",
                    name,
                    partition.topic(),
                    partition.partition(),
                    offset,
                    from);
        });
        next.forEach(opened::seek);
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), -1L) >= end.getValue());
    }

    private void pause(int failures) {
        long longest = Math.min(MAX_PAUSE_MILLIS, MIN_PAUSE_MILLIS << Math.min(failures, 5));
        long millis = ThreadLocalRandom.current().nextLong(MIN_PAUSE_MILLIS, longest + 1);
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    /** Everything that was in the topics when the tail began has been handled. */
    boolean caughtUp() {
        return caughtUp;
    }

    /** A broker connection stands. */
    boolean connected() {
        return connected;
    }

    TailWaiters waiters() {
        return waiters;
    }

    void stop() {
        running = false;
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }
}
