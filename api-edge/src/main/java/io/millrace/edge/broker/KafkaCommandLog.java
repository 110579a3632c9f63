package io.millrace.edge.broker;

import io.millrace.edge.command.CommandLog;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.TaskCommand;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Writes commands with an idempotent producer that gives up within five seconds. */
final class KafkaCommandLog implements CommandLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaCommandLog.class);
    private static final int SENDERS = 8;
    private static final int MAX_WAITING = 10_000;
    /** Waiting for metadata and delivering end before this, so that an answer of 503 is the last word on the send. */
    private static final Duration PATIENCE = Duration.ofMillis(4_800);

    private final KafkaProducer<String, byte[]> producer;
    /** Sends block while the cluster's metadata is not known: on threads of their own. */
    private final Scheduler senders = Schedulers.newBoundedElastic(SENDERS, MAX_WAITING, "command-log", 60, true);

    KafkaCommandLog(KafkaAccess kafka) {
        Map<String, Object> config = kafka.client(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG, "millrace-edge-commands",
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_200,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_500,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3_000,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000));
        this.producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public Mono<Void> append(TaskCommand command) {
        return Mono.<Void>create(sink -> send(command, sink))
                .subscribeOn(senders)
                .timeout(PATIENCE)
                .publishOn(Schedulers.parallel())
                .onErrorMap(failure -> unavailable(command, failure));
    }

    private void send(TaskCommand command, MonoSink<Void> sink) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topic.COMMANDS.topicName(), command.getTaskId(), command.toByteArray());
        Future<RecordMetadata> unused = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                sink.success();
            } else {
                sink.error(failure);
            }
        });
    }

    private static Problem unavailable(TaskCommand command, Throwable failure) {
        LOG.warn(
                "event=command_not_written task={} command={} error={}",
                command.getTaskId(),
                command.getBodyCase(),
                Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
        return Problem.unavailable(
                "the queue does not take commands at the moment; nothing was accepted, and sending it again with the same"
                        + " Idempotency-Key is safe",
                ErrorCode.QUEUE_ERROR);
    }

    @Override
    public void close() {
        senders.dispose();
        producer.close(Duration.ofSeconds(3));
    }
}
