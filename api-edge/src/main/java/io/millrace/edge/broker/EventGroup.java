package io.millrace.edge.broker;

import io.millrace.edge.delivery.CommittedEvent;
import io.millrace.edge.delivery.DeliveryQueue;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.topic.EventHeaders;
import io.millrace.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Hands committed events to the webhooks' queue. The edges share the partitions as one consumer group, so that each event has one owner; an
 * offset is committed only when the messages are rows, so that a crash repeats an event and loses none.
 */
final class EventGroup implements SmartLifecycle, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EventGroup.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration WRITE = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final long MAX_PAUSE_MILLIS = 5_000;

    private final Map<String, Object> config;
    private final DeliveryQueue queue;
    private volatile boolean running;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Thread thread;

    EventGroup(KafkaAccess kafka, DeliveryQueue queue) {
        this.config = kafka.client(Map.ofEntries(
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, "millrace-edge-webhooks"),
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, "millrace-edge-webhooks"),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                // A webhook gets no event from before it was made, so the beginning is always right.
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500),
                // How long the events of an edge that died wait for their next owner.
                Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000),
                Map.entry(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000),
                Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class)));
        this.queue = queue;
    }

    @Override
    public void run() {
        int failures = 0;
        while (running) {
            try (KafkaConsumer<byte[], byte[]> opened = new KafkaConsumer<>(config)) {
                consumer = opened;
                opened.subscribe(List.of(Topic.EVENTS.topicName()));
                while (running) {
                    step(opened);
                    failures = 0;
                }
            } catch (WakeupException e) {
                LOG.debug("event=webhooks_stopped");
            } catch (RuntimeException e) {
                // The consumer is closed and its offsets were not committed: the same events come again.
                failures++;
                LOG.warn("event=webhooks_held_up failures={} error={}", failures, e.toString());
                pause(failures);
            } finally {
                consumer = null;
            }
        }
    }

    private void step(KafkaConsumer<byte[], byte[]> opened) {
        ConsumerRecords<byte[], byte[]> records = opened.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        List<CommittedEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String type = header(record, EventHeaders.TYPE);
            String id = header(record, EventHeaders.ID);
            if (type != null && id != null && record.value() != null) {
                events.add(new CommittedEvent(type, id, record.value()));
            }
        }
        queue.queue(events).block(WRITE);
        opened.commitSync(WRITE);
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private void pause(int failures) {
        long longest = Math.min(MAX_PAUSE_MILLIS, 500L << Math.min(failures, 4));
        LockSupport.parkNanos(Duration.ofMillis(ThreadLocalRandom.current().nextLong(250, longest + 1))
                .toNanos());
    }

    @Override
    public void start() {
        running = true;
        Thread started = new Thread(this, "webhook-events");
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    @Override
    public void stop() {
        running = false;
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        Thread started = thread;
        if (started != null) {
            LockSupport.unpark(started);
            try {
                started.join(STOP.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
