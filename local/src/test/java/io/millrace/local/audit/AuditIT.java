package io.millrace.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The audit against a real broker and database; each test looks at tasks of its own. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class AuditIT {
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration NEVER_STUCK = Duration.ofDays(36_500);

    @TempDir
    private static Path home;

    private static AuditBench bench;

    @BeforeAll
    static void start() throws Exception {
        bench = new AuditBench(home);
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    @Test
    void tasksThatAreEqualInBothAreNoFindings() throws Exception {
        String completed = bench.completed();
        String deleted = bench.completed();
        bench.both(TaskEvents.event(deleted, 5, EventType.DELETED, "completed"));
        String recovered = TaskEvents.newTask();
        bench.both(TaskEvents.event(recovered, 1, EventType.SUBMITTED, "queued"));
        bench.both(TaskEvents.event(recovered, 2, EventType.FAILED, "failed"));
        bench.both(TaskEvents.event(recovered, 3, EventType.RECOVERED, "queued"));

        AuditReport report = audit();

        assertThat(about(report, completed, deleted, recovered)).isEmpty();
        assertThat(report.rows()).isGreaterThanOrEqualTo(5);
        assertThat(report.summary()).contains("events of").contains("rows compared");
    }

    /** In parts, because all of it might not fit into memory. */
    @Test
    void inPartsItSeesTheSame() throws Exception {
        for (int i = 0; i < 20; i++) {
            bench.completed();
        }
        String missing = TaskEvents.newTask();
        bench.send(TaskEvents.event(missing, 1, EventType.SUBMITTED, "queued"));
        AuditSettings settings = bench.settings(SETTLE, NEVER_STUCK);

        AuditReport whole = new Audit(settings, 1_000_000).run();
        AuditReport parts = new Audit(settings, 10).run();

        assertThat(parts).isEqualTo(whole);
        assertThat(about(parts, missing)).isNotEmpty();
    }

    @Test
    void rowsThatDifferAreMissingOrUnknownAreFound() throws Exception {
        String changed = bench.completed();
        bench.sql("UPDATE tasks SET status = 'failed' WHERE id = '" + changed + "'");
        String inside = bench.completed();
        bench.sql("UPDATE tasks SET result = '{\"preview\": \"sha256:cd\"}' WHERE id = '" + inside + "'");
        String history = bench.completed();
        bench.sql(
                "UPDATE task_history SET entries = JSON_REMOVE(entries, '$.\"2\"') WHERE task_id = '" + history + "'");
        String missing = TaskEvents.newTask();
        bench.send(TaskEvents.event(missing, 1, EventType.SUBMITTED, "queued"));
        String unknown = TaskEvents.newTask();
        bench.store(TaskEvents.event(unknown, 1, EventType.SUBMITTED, "queued"));
        String behind = bench.started();
        bench.send(TaskEvents.event(behind, 3, EventType.COMPLETED, "completed"));

        AuditReport report = audit();

        assertThat(about(report, changed)).containsExactly("ROW_DIFFERS status differ");
        assertThat(about(report, inside)).containsExactly("ROW_DIFFERS result differ");
        assertThat(about(report, history)).containsExactly("ROW_DIFFERS entries differ");
        assertThat(about(report, missing)).contains("ROW_MISSING not in the table");
        assertThat(about(report, unknown)).contains("ROW_UNKNOWN no event tells of it");
        assertThat(about(report, behind))
                .anyMatch(finding -> finding.contains("the row is of version 2, the events of 3"));
        assertThat(report.ok()).isFalse();
    }

    @Test
    void eventsThatBreakThePromisesAreFound() throws Exception {
        String gap = bench.started();
        bench.both(TaskEvents.event(gap, 5, EventType.COMPLETED, "completed"));
        String twice = bench.completed();
        bench.send(TaskEvents.event(twice, 4, EventType.COMPLETED, "completed"));
        String ends = bench.completed();
        bench.both(TaskEvents.event(ends, 5, EventType.CANCELLED, "cancelled"));

        AuditReport report = audit();

        assertThat(about(report, gap)).containsExactly("GAP versions 3 to 4 are missing");
        assertThat(about(report, twice)).containsExactly("DUPLICATE version 4: the same record twice");
        assertThat(about(report, ends)).containsExactly("TWO_ENDS version 5: io.millrace.task.cancelled");
    }

    /** As when the job was down for longer than its transaction timeout: people saw the end, nobody will read it. */
    @Test
    void endInAnAbortedTransactionIsFoundAndRepaired() throws Exception {
        String task = bench.started();
        Map<String, Object> settings = bench.kafka().client(Map.of("transactional.id", "audit-it"));
        try (KafkaProducer<byte[], byte[]> aborted =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            aborted.initTransactions();
            aborted.beginTransaction();
            aborted.send(TaskEvents.event(task, 3, EventType.COMPLETED, "completed"));
            aborted.abortTransaction();
        }
        show(task, 3, "completed");

        AuditReport report = audit();
        assertThat(about(report, task)).containsExactly("LOST_TAIL shown as completed at version 3, events end at 2");

        try (FakeOrchestrator orchestrator = new FakeOrchestrator(bench, Set.of(task))) {
            assertThat(repair(report, task)).containsExactly(task + ": known as processing, sends itself in full");
            assertThat(orchestrator).isNotNull();
        }
        assertThat(about(audit(), task)).isEmpty();
    }

    @Test
    void taskThatNobodyKnowsIsEndedByTheOrchestratorAsLost() throws Exception {
        String lost = bench.started();
        String gap = bench.started();
        bench.both(TaskEvents.event(gap, 5, EventType.PHASE_COMPLETED, "processing"));
        AuditReport report = audit();
        try (FakeOrchestrator orchestrator = new FakeOrchestrator(bench, Set.of(gap))) {
            AuditReport asked = with(report, new Finding(FindingKind.OPEN, lost, "has not ended"));

            assertThat(repair(asked, lost, gap))
                    .containsExactlyInAnyOrder(
                            lost + ": not known any more, ended as failed",
                            gap + ": known as processing, sends itself in full");
            assertThat(orchestrator).isNotNull();
        }
        assertThat(about(audit(), lost, gap)).isEmpty();
    }

    @Test
    void nothingIsDecidedWhenNobodyAnswers() throws Exception {
        String gap = bench.started();
        bench.both(TaskEvents.event(gap, 5, EventType.PHASE_COMPLETED, "processing"));

        assertThat(repair(audit(), gap)).singleElement().asString().contains("nothing was decided");
        assertThat(about(audit(), gap)).containsExactly("GAP versions 3 to 4 are missing");
    }

    @Test
    void whatMovesBetweenTwoLooksIsNoFinding() throws Exception {
        List<String> moving = new CopyOnWriteArrayList<>();
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> system = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                moving.add(completedInTheTablesFirst());
            }
        });
        AuditReport report;
        try {
            report = audit();
        } finally {
            enough.set(true);
            system.get(2, TimeUnit.MINUTES);
        }

        assertThat(moving).isNotEmpty();
        assertThat(about(report, moving.toArray(String[]::new))).isEmpty();
    }

    /** The tables are read later than the topic, and so seem to be ahead of it. */
    private static String completedInTheTablesFirst() {
        String task = TaskEvents.newTask();
        try {
            for (ProducerRecord<byte[], byte[]> record : TaskEvents.completed(task)) {
                bench.store(record);
                bench.send(record);
            }
        } catch (Exception e) {
            throw new CompletionException(e);
        }
        return task;
    }

    @Test
    void aTaskWhoseRowIsBehindTheTopicIsNotAskedAfter() throws Exception {
        String ended = bench.started();
        bench.send(TaskEvents.event(ended, 3, EventType.COMPLETED, "completed"));
        AuditReport report = audit();
        assertThat(about(report, ended)).anyMatch(finding -> finding.startsWith("ROW_DIFFERS"));

        List<String> asked = new Repair(bench.settings(SETTLE, Duration.ofMinutes(10))).run(report);

        assertThat(asked).noneMatch(line -> line.startsWith(ended));
    }

    private static AuditReport audit() throws Exception {
        return new Audit(bench.settings(SETTLE, NEVER_STUCK)).run();
    }

    private static List<String> repair(AuditReport report, String... tasks) throws Exception {
        List<Finding> own = report.findings().stream()
                .filter(finding -> List.of(tasks).contains(finding.subject()))
                .toList();
        AuditReport asked = new AuditReport(0, 0, 0, 0, 0, 0, own);
        return new Repair(bench.settings(SETTLE, NEVER_STUCK)).run(asked);
    }

    private static AuditReport with(AuditReport report, Finding more) {
        List<Finding> findings = new ArrayList<>(report.findings());
        findings.add(more);
        return new AuditReport(0, 0, 0, 0, 0, 0, findings);
    }

    private static List<String> about(AuditReport report, String... tasks) {
        return report.findings().stream()
                .filter(finding -> List.of(tasks).stream().anyMatch(finding.subject()::contains))
                .map(finding -> finding.kind() + " " + finding.detail())
                .toList();
    }

    private static void show(String task, long version, String status) throws Exception {
        Progress step = Progress.newBuilder()
                .setTaskId(task)
                .setUserId("ann")
                .setEpoch(1)
                .setTimeMs(System.currentTimeMillis() - 60_000)
                .setStepTaken(Step.newBuilder().setVersion(version).setStatus(status))
                .build();
        bench.send(new ProducerRecord<>(
                Topic.PROGRESS.topicName(), "ann".getBytes(StandardCharsets.UTF_8), step.toByteArray()));
    }
}
