package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.home.PortPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The orchestrator is down for longer than its transactions may stay open: the broker aborts what a savepoint holds as written but
 * not committed. The audit finds what is missing, and has it sent again.
 */
@Tag("nightly")
class LostTransactionIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Shorter than the timeout of transactions, and long enough for what must happen between two checkpoints. */
    private static final Duration INTERVAL = Duration.ofSeconds(50);

    private static final String JOB = "orchestrator";
    private static final StackOptions OPTIONS = StackOptions.standard()
            .inference("bench/instant", "io.millrace.bench.instant.InstantInference")
            .with(Room.INFERENCE, "MILLRACE_INSTANT_DELAY_MS", "500");

    @Test
    void theAuditFindsTheHoleAndHasItFilled() throws Exception {
        Path home = Path.of("target", "stacks", UUID.randomUUID().toString());
        int ports = PortPlan.free().base();
        StackOptions shortTransactions = OPTIONS.with(Room.JOBMANAGER, "MILLRACE_TRANSACTION_TIMEOUT", "60s")
                .with(Room.JOBMANAGER, "MILLRACE_CHECKPOINT_INTERVAL", INTERVAL.toSeconds() + "s");
        LocalStack stack = LocalStack.start(home, ports, shortTransactions);
        try {
            stack.awaitReady(Stack.READY);
            EdgeClient ida = new EdgeClient(stack, "ida");
            String ended = loseTheEndOfATask(stack, ida);
            awaitAborted(stack);
            // Down for so long, and then as always.
            LocalStack.start(home, ports, OPTIONS);
            stack.awaitReady(Stack.READY);

            Millrace.Ended found = Millrace.call(stack, "audit", "--settle", "5");
            assertThat(found.printed()).contains("LOST_TAIL", ended);
            assertThat(found.exitCode()).isEqualTo(1);

            assertThat(Millrace.run(stack, "audit", "--repair", "--settle", "30"))
                    .contains("topic and tables agree");
            assertThat(new Tables(stack).ended("ida")).isEqualTo(1);
        } finally {
            stack.stop();
        }
    }

    /** @return the task whose end is in a savepoint and in an open transaction, and nowhere else */
    private static String loseTheEndOfATask(LocalStack stack, EdgeClient ida) throws Exception {
        FlinkJobs jobs = new FlinkJobs(stack);
        long before = jobs.completedBy(JOB);
        Awaitility.await().atMost(PATIENCE).until(() -> jobs.completedBy(JOB) > before);
        long begun = System.nanoTime();
        String task = ida.submit("{\"prompt\":\"Sale\",\"size\":{\"width\":320,\"height\":480}}");
        jobs.checkpoint(JOB);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ida.get("/api/v1/tasks/" + task + "/status")
                        .data()
                        .path("status")
                        .asText()
                        .equals("completed"));
        jobs.savepoint(JOB);
        stack.killSupervisor();
        stack.kill(Room.JOBMANAGER);
        stack.kill(Room.TASKMANAGER);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("the next checkpoint had not come")
                .isLessThan(INTERVAL);
        return task;
    }

    private static void awaitAborted(LocalStack stack) {
        try (Admin admin = Admin.create(stack.setup().kafka().client(Map.of()))) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> admin.listTransactions().all().get().stream()
                            .noneMatch(transaction -> transaction.state() == TransactionState.ONGOING));
        }
    }
}
