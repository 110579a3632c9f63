package io.millrace.local.audit;

import io.millrace.local.UserError;
import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.Table;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.Resync;
import io.millrace.schemas.v1.TaskCommand;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the orchestrator to publish tasks in full: those with gaps, and those that have not moved for long. Each question carries the
 * task as the tables know it. The orchestrator alone decides: a task it knows sends itself; one it does not know, and that the
 * snapshot says is not over, it ends as failed with {@code STATE_LOST}. Nothing is written to the topic or the tables from here.
 */
public final class Repair {
    private static final Duration ANSWERS = Duration.ofSeconds(15);
    /** More would flood the lanes with snapshots of tasks that merely wait; another run asks after the rest. */
    private static final int MOST = 1_000;

    private final AuditSettings settings;

    public Repair(AuditSettings settings) {
        this.settings = settings;
    }

    /**
     * @return one line for each task that was asked after
     * @throws SQLException when the database does not answer
     */
    public List<String> run(AuditReport report) throws SQLException, InterruptedException {
        Set<String> tasks = new TreeSet<>();
        report.findings().stream()
                .filter(finding -> finding.kind().asks() && TaskId.isTaskId(finding.subject()))
                .forEach(finding -> tasks.add(finding.subject()));
        List<String> lines = new ArrayList<>();
        try (TableReader tables = new Audit(settings).tables()) {
            Set<String> behind = report.findings().stream()
                    .filter(finding -> finding.kind() == FindingKind.ROW_DIFFERS)
                    .map(Finding::subject)
                    .collect(Collectors.toSet());
            tables.each(Table.TASKS, Slice.WHOLE, row -> {
                // What a row says that is not the topic's is no reason to ask.
                if (stuck(row) && !behind.contains(row.key())) {
                    tasks.add(row.key());
                }
            });
            List<TaskCommand> commands = new ArrayList<>();
            for (String task : tasks.stream().limit(MOST).toList()) {
                tables.task(task)
                        .ifPresentOrElse(
                                row -> commands.add(command(row)),
                                () -> lines.add(
                                        task + ": no row says whose it is; start the read model without state"));
            }
            if (!commands.isEmpty()) {
                lines.addAll(ask(commands));
            }
        }
        if (tasks.size() > MOST) {
            lines.add((tasks.size() - MOST) + " more tasks were not asked after; run it again");
        }
        return lines;
    }

    private boolean stuck(Row row) {
        if (row.deleted() || TaskStatus.ofWireName(row.text("status")).terminal()) {
            return false;
        }
        return row.get("updated_at") instanceof LocalDateTime moved
                && moved.toInstant(ZoneOffset.UTC).isBefore(Instant.now().minus(settings.stuck()));
    }

    private static TaskCommand command(Row row) {
        return TaskCommand.newBuilder()
                .setCommandId("audit-" + UUID.randomUUID())
                .setTaskId(row.key())
                .setUserId(row.text("user_id"))
                .setIssuedAtMs(System.currentTimeMillis())
                .setResync(Resync.newBuilder().setRequestedBy("service:audit"))
                .setSnapshot(Snapshots.of(row))
                .build();
    }

    private List<String> ask(List<TaskCommand> commands) throws InterruptedException {
        Map<String, CommandAnswer> answers = new HashMap<>();
        try (LogReader progress = new LogReader(settings.kafka(), Topic.PROGRESS)) {
            progress.skipToEnd();
            send(commands);
            Instant deadline = Instant.now().plus(ANSWERS);
            while (answers.size() < commands.size() && Instant.now().isBefore(deadline)) {
                progress.readSome(record -> keep(record, commands, answers));
            }
        }
        return commands.stream()
                .map(command -> command.getTaskId() + ": " + line(answers.get(command.getCommandId())))
                .toList();
    }

    private static void keep(
            ConsumerRecord<byte[], byte[]> record, List<TaskCommand> commands, Map<String, CommandAnswer> answers) {
        Progress progress = LiveView.read(record.value());
        if (progress == null || !progress.hasAnswer()) {
            return;
        }
        CommandAnswer answer = progress.getAnswer();
        if (commands.stream().anyMatch(command -> command.getCommandId().equals(answer.getCommandId()))) {
            answers.put(answer.getCommandId(), answer);
        }
    }

    private static String line(@Nullable CommandAnswer answer) {
        if (answer == null) {
            return "no answer within " + ANSWERS.toSeconds() + " s: nothing was decided; is the orchestrator up?";
        }
        if (!answer.getAccepted()) {
            return "refused with " + answer.getCode() + ": " + answer.getReason();
        }
        boolean lost = !answer.getStatus().equals(answer.getPreviousStatus());
        return lost
                ? "not known any more, ended as " + answer.getStatus()
                : "known as " + answer.getStatus() + ", sends itself in full";
    }

    private void send(List<TaskCommand> commands) throws InterruptedException {
        Map<String, Object> client = settings.kafka()
                .client(Map.of(
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                        ProducerConfig.LINGER_MS_CONFIG, 5));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (TaskCommand command : commands) {
                byte[] key = command.getTaskIdBytes().toByteArray();
                sent.add(producer.send(new ProducerRecord<>(Topic.COMMANDS.topicName(), key, command.toByteArray())));
            }
            for (Future<?> each : sent) {
                each.get(30, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new UserError("The broker takes no commands (" + e.getMessage() + "); look at ./millrace status.");
        }
    }
}
