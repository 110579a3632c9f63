package io.millrace.edge.broker;

import io.millrace.edge.campaign.CampaignLog;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.TaskCommand;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Writes campaigns, one at a time, each in one transaction under the fixed id of this edge: a transaction that a crash left open is ended
 * by the next start, or by its timeout of 15 s. After any failure the producer is thrown away.
 */
final class KafkaCampaignLog implements CampaignLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaCampaignLog.class);
    private static final Duration TRANSACTION = Duration.ofSeconds(15);
    /** Begun but not committed by then: it is aborted, before the broker does so. */
    private static final Duration WRITING = Duration.ofSeconds(12);
    /** Not begun by then: the caller is told to come back. */
    private static final Duration TURN = Duration.ofSeconds(20);

    private static final int MAX_WAITING = 16;

    private final Map<String, Object> config;
    private final Turns turns = new Turns("campaign-log", TURN, MAX_WAITING, KafkaCampaignLog::busy);
    private volatile @Nullable KafkaProducer<String, byte[]> producer;

    KafkaCampaignLog(KafkaAccess kafka, String edgeId) {
        this.config = kafka.client(Map.ofEntries(
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "millrace-edge-campaigns"),
                Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "millrace-edge-campaigns-" + edgeId),
                Map.entry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION.toMillis()),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 5),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20),
                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000)));
    }

    @Override
    public Mono<Void> write(TaskCommand start, Path rows) {
        return turns.take(() -> inTurn(start, rows)).publishOn(Schedulers.parallel());
    }

    private void inTurn(TaskCommand start, Path rows) {
        try {
            transact(start, rows);
        } catch (KafkaException | IOException e) {
            abandon();
            LOG.warn("event=campaign_not_written campaign={} error={}", start.getTaskId(), e.toString());
            throw Problem.unavailable(
                    "the campaign could not be written; sending it again with the same Idempotency-Key is safe",
                    ErrorCode.QUEUE_ERROR);
        }
    }

    private void transact(TaskCommand start, Path rows) throws IOException {
        KafkaProducer<String, byte[]> open = producer();
        long deadline = System.nanoTime() + WRITING.toNanos();
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        open.beginTransaction();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(rows), 256 * 1024)) {
            TaskCommand command = start;
            while (command != null) {
                if (failed.get() != null || System.nanoTime() > deadline) {
                    throw new KafkaException("the transaction did not go through in time", failed.get());
                }
                send(open, command, failed);
                command = TaskCommand.parseDelimitedFrom(in);
            }
        } catch (KafkaException | IOException e) {
            open.abortTransaction();
            throw e;
        }
        open.commitTransaction();
    }

    private static void send(
            KafkaProducer<String, byte[]> open, TaskCommand command, AtomicReference<@Nullable Exception> failed) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topic.CAMPAIGN_ROWS.topicName(), command.getTaskId(), command.toByteArray());
        Future<RecordMetadata> unused = open.send(record, (metadata, failure) -> {
            if (failure != null) {
                failed.compareAndSet(null, failure);
            }
        });
    }

    /** Only called by the one whose turn it is. */
    private KafkaProducer<String, byte[]> producer() {
        KafkaProducer<String, byte[]> known = producer;
        if (known == null) {
            known = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
            producer = known;
            known.initTransactions();
        }
        return known;
    }

    private void abandon() {
        KafkaProducer<String, byte[]> known = producer;
        producer = null;
        if (known != null) {
            known.close(Duration.ZERO);
        }
    }

    private static Problem busy() {
        return Problem.unavailable("other campaigns are being written at the moment", ErrorCode.BUSY);
    }

    @Override
    public void close() {
        turns.close();
        abandon();
    }
}
