package io.millrace.local.audit;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.home.PortPlan;
import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.row.EventMapper;
import io.millrace.readmodel.store.DatabaseSettings;
import io.millrace.readmodel.store.TaskStore;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.table.Migrations;
import io.millrace.schemas.topic.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker and a database as processes, with hands for what the orchestrator and the read model would do. */
final class AuditBench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final LocalStack stack;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TaskStore store;

    AuditBench(Path home) throws IOException, InterruptedException, SQLException {
        stack = LocalStack.start(
                home, PortPlan.free().base(), StackOptions.standard().only(Room.BROKER, Room.DATABASE));
        try {
            stack.awaitReady(PATIENCE);
        } catch (RuntimeException | InterruptedException e) {
            try (stack) {
                throw e;
            }
        }
        producer = new KafkaProducer<>(
                kafka().client(Map.of("delivery.timeout.ms", 20_000, "request.timeout.ms", 5_000)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        store = new TaskStore(new DatabaseSettings(
                stack.setup().databaseUrl(),
                stack.setup().databaseUser(),
                stack.setup().secrets().database(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20)));
        for (String statement : Migrations.statements()) {
            sql(statement);
        }
    }

    KafkaAccess kafka() {
        return stack.setup().kafka();
    }

    AuditSettings settings(Duration settle, Duration stuck) {
        return new AuditSettings(
                kafka(),
                stack.setup().databaseUrl(),
                stack.setup().databaseUser(),
                stack.setup().secrets().database(),
                false,
                settle,
                stuck);
    }

    void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        producer.send(record).get(120, TimeUnit.SECONDS);
    }

    /** As the read model would. */
    void store(ProducerRecord<byte[], byte[]> record) throws Exception {
        String type = new String(record.headers().iterator().next().value(), StandardCharsets.UTF_8);
        ReceivedEvent event = new ReceivedEvent(type, record.key(), record.value(), 0, 0);
        synchronized (store) {
            store.write(List.of(EventMapper.map(event)));
        }
    }

    /** Into topic and tables. */
    void both(ProducerRecord<byte[], byte[]> record) throws Exception {
        send(record);
        store(record);
    }

    /** A task of four events in both. */
    String completed() throws Exception {
        String task = TaskEvents.newTask();
        for (ProducerRecord<byte[], byte[]> record : TaskEvents.completed(task)) {
            both(record);
        }
        return task;
    }

    /** A task in both that stands at its second event. */
    String started() throws Exception {
        String task = TaskEvents.newTask();
        both(TaskEvents.event(task, 1, EventType.SUBMITTED, "queued"));
        both(TaskEvents.event(task, 2, EventType.STARTED, "processing"));
        return task;
    }

    void sql(String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        stack.setup().databaseUrl(),
                        stack.setup().databaseUser(),
                        stack.setup().secrets().database());
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        producer.close(Duration.ofSeconds(5));
        store.close();
        stack.stop();
    }
}
