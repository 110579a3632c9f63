package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.DeleteTask;
import io.millrace.schemas.v1.LookedUp;
import io.millrace.schemas.v1.PauseTask;
import io.millrace.schemas.v1.ResumeTask;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TombstoneMessage;
import io.millrace.schemas.v1.TombstonePage;
import io.millrace.schemas.workflow.Definitions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PagedTaskMachineTest {
    private static final long NOW = 1_760_000_000_000L;
    private static final Duration RETENTION = Duration.ofMinutes(1);
    private static final int RUNS = 2_000;

    private final TaskMachine machine =
            new TaskMachine(Definitions.shipped(), TaskLimits.defaults().remembering(RETENTION));

    /** Whatever the order in which a page is asked, told and answers: every command is decided on by what is known then. */
    @Test
    void aTaskIsDecidedOnAsIfItsTombstoneHadNeverMoved() {
        int ended = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Town town = new Town(new SplittableRandom(seed), seed);
            town.live();
            ended += town.onPages();
        }
        assertThat(ended).as("tombstones that stand on pages at the end").isGreaterThan(RUNS);
    }

    @Test
    void aCommandDoesNotOvertakeOneThatIsStillOnItsWayFromThePage() {
        PagedTaskMachine paged = new PagedTaskMachine(machine, true);
        TombstonePageMachine pages = new TombstonePageMachine();
        Moment moment = new Moment(NOW, 1);
        String task = TaskId.at(NOW).value();
        Deque<TaskMessage> topic = new ArrayDeque<>(submitPauseResume());
        Deque<TaskMessage> back = new ArrayDeque<>();
        TaskMemory memory = null;
        List<Boolean> answers = new ArrayList<>();

        // The submit is back and the pause is not when the resume comes in. What the task asks the page is answered at
        // once.
        for (Deque<TaskMessage> way : List.of(topic, topic, back, topic, back, back)) {
            if (way.isEmpty()) {
                continue;
            }
            Decision<TaskMemory> decision = paged.decide(task, memory, way.remove(), moment);
            memory = decision.state();
            for (Effect effect : decision.effects()) {
                if (effect instanceof Effect.ToTombstones to) {
                    pages.decide(null, to.message(), moment)
                            .effects()
                            .forEach(answer -> back.add(((Effect.ToTask) answer).message()));
                } else if (effect instanceof Effect.Tell tell && tell.progress().hasAnswer()) {
                    answers.add(tell.progress().getAnswer().getAccepted());
                }
            }
        }

        assertThat(answers).containsExactly(true, true, true);
        assertThat(Objects.requireNonNull(memory).getActive().getStatus()).isEqualTo("queued");
    }

    @Test
    void whatHasExpiredLeavesItsPageWhenAnotherComes() {
        TombstonePageMachine pages = new TombstonePageMachine();
        TombstonePage page = null;
        for (int i = 0; i < 3; i++) {
            page = pages.decide(page, keep("task_" + i, NOW + i), new Moment(NOW - 1, 1))
                    .state();
        }

        page = pages.decide(page, keep("task_3", NOW + 9), new Moment(NOW + 1, 1))
                .state();

        assertThat(Objects.requireNonNull(page).getEntriesList())
                .map(PagedTaskMachineTest::name)
                .containsExactly("task_2", "task_3");
    }

    @Test
    void aPageKnowsWhoseTombstoneItIs() {
        TombstonePageMachine pages = new TombstonePageMachine();
        TombstonePage page =
                pages.decide(null, keep("task_10", NOW), new Moment(0, 1)).state();

        // The id of one may be how the id of another begins, or ends.
        for (String other : List.of("task_1", "task_100", "0", "task_20")) {
            assertThat(found(pages, page, other).hasTombstone()).as(other).isFalse();
        }
        assertThat(found(pages, page, "task_10").getTombstone().getExpiresAtMs())
                .isEqualTo(NOW);
    }

    private static List<TaskMessage> submitPauseResume() {
        TaskCommand any = TaskCommand.newBuilder().setUserId("u1").build();
        SubmitTask poster = SubmitTask.newBuilder()
                .setType("poster")
                .setInputParams(ByteString.copyFromUtf8("{}"))
                .build();
        return Stream.of(
                        any.toBuilder().setCommandId("c1").setSubmit(poster),
                        any.toBuilder().setCommandId("c2").setPause(PauseTask.getDefaultInstance()),
                        any.toBuilder().setCommandId("c3").setResume(ResumeTask.getDefaultInstance()))
                .map(command -> TaskMessage.newBuilder().setCommand(command).build())
                .toList();
    }

    private static LookedUp found(TombstonePageMachine pages, @Nullable TombstonePage page, String taskId) {
        TombstoneMessage question = TombstoneMessage.newBuilder()
                .setTaskId(taskId)
                .setLookUp(TaskCommand.getDefaultInstance())
                .build();
        Effect.ToTask answer = (Effect.ToTask)
                pages.decide(page, question, new Moment(NOW, 1)).effects().get(0);
        assertThat(answer.taskId()).isEqualTo(taskId);
        return answer.message().getLookedUp();
    }

    private static TombstoneMessage keep(String taskId, long expiresAtMs) {
        TombstoneMessage.Builder message = TombstoneMessage.newBuilder().setTaskId(taskId);
        message.getKeepBuilder().setStatus("completed").setExpiresAtMs(expiresAtMs);
        return message.build();
    }

    private static String name(ByteString entry) {
        return entry.substring(2, 2 + entry.byteAt(1)).toStringUtf8();
    }

    /** Tasks and one page, messages between them in order for each pair, and what one place would know of each task. */
    private final class Town {
        private final SplittableRandom random;
        private final PagedTaskMachine paged = new PagedTaskMachine(machine, true);
        private final TombstonePageMachine pages = new TombstonePageMachine();
        private final List<String> tasks = new ArrayList<>();
        private final Map<String, TaskMemory> here = new HashMap<>();
        private final Map<String, TaskMemory> expected = new HashMap<>();
        private final Map<String, Deque<MessageLite>> ways = new HashMap<>();
        /** The command decided last. */
        private final Map<String, Integer> last = new HashMap<>();

        private @Nullable TombstonePage page;
        private int commands;
        private final int seed;

        Town(SplittableRandom random, int seed) {
            this.random = random;
            this.seed = seed;
            for (int i = 0; i < 3; i++) {
                tasks.add(TaskId.at(NOW).value());
            }
        }

        void live() {
            for (int i = 0; i < 60; i++) {
                String task = tasks.get(random.nextInt(tasks.size()));
                switch (random.nextInt(5)) {
                    case 0 -> send("source " + task, command(task));
                    case 1 -> fail(task);
                    default -> deliver();
                }
            }
            while (deliver()) {
                // Until everything has arrived.
            }
            for (String task : tasks) {
                TaskMemory known = expected.get(task);
                TaskMemory memory = here.get(task);
                if (known == null || known.hasActive()) {
                    assertThat(memory).as("seed %d", seed).isEqualTo(known);
                } else {
                    assertThat(memory).as("seed %d: only the page", seed).isNull();
                    assertThat(found(pages, page, task).getTombstone())
                            .as("seed %d", seed)
                            .isEqualTo(known.getEnded());
                }
            }
        }

        int onPages() {
            return page == null ? 0 : page.getEntriesCount();
        }

        private TaskMessage command(String task) {
            TaskCommand.Builder command = TaskCommand.newBuilder()
                    .setTaskId(task)
                    .setUserId("u1")
                    .setIssuedAtMs(NOW)
                    .setCommandId("c" + commands++);
            switch (random.nextInt(4)) {
                case 0 -> command.setCancel(CancelTask.newBuilder().setReason("enough"));
                case 1 -> {
                    command.setDelete(DeleteTask.getDefaultInstance());
                    TaskMemory known = expected.get(task);
                    if (known != null && known.hasEnded()) {
                        command.getSnapshotBuilder()
                                .setType("poster")
                                .setWorkflowVersion(1)
                                .setStatus(known.getEnded().getStatus())
                                .setVersion(known.getEnded().getVersion());
                    }
                }
                default ->
                    command.setSubmit(SubmitTask.newBuilder()
                            .setType("poster")
                            .setCreatedAtMs(NOW)
                            .setInputParams(ByteString.copyFromUtf8("{}")));
            }
            return TaskMessage.newBuilder().setCommand(command).build();
        }

        /** Something ends the task without a command. */
        private void fail(String task) {
            TaskMemory memory = here.get(task);
            if (memory != null && memory.hasActive()) {
                Moment moment = new Moment(NOW, 1);
                expected.put(
                        task, machine.fail(task, memory, "a defect", moment).state());
                apply(task, paged.fail(task, memory, "a defect", moment));
            }
        }

        private void send(String way, MessageLite message) {
            ways.computeIfAbsent(way, pair -> new ArrayDeque<>()).add(message);
        }

        private boolean deliver() {
            List<String> busy = ways.keySet().stream().sorted().toList();
            if (busy.isEmpty()) {
                return false;
            }
            String way = busy.get(random.nextInt(busy.size()));
            Deque<MessageLite> queue = Objects.requireNonNull(ways.get(way));
            MessageLite message = queue.remove();
            if (queue.isEmpty()) {
                ways.remove(way);
            }
            if (message instanceof TombstoneMessage toPage) {
                Decision<TombstonePage> decision = pages.decide(page, toPage, new Moment(NOW, 1));
                page = decision.state();
                decision.effects()
                        .forEach(effect ->
                                send("page " + ((Effect.ToTask) effect).taskId(), ((Effect.ToTask) effect).message()));
            } else {
                toTask(way.substring(way.indexOf(' ') + 1), (TaskMessage) message);
            }
            return true;
        }

        private void toTask(String task, TaskMessage message) {
            Moment moment = new Moment(NOW, 1);
            Decision<TaskMemory> decision = paged.decide(task, here.get(task), message, moment);
            boolean decided = decision.effects().stream()
                    .anyMatch(effect -> effect instanceof Effect.Tell tell
                            && tell.progress().hasAnswer());
            if (decided) {
                TaskCommand command = message.hasCommand()
                        ? message.getCommand()
                        : message.getLookedUp().getCommand();
                int number = Integer.parseInt(command.getCommandId().substring(1));
                assertThat(number).as("seed %d: in order", seed).isGreaterThan(last.getOrDefault(task, -1));
                last.put(task, number);
                Decision<TaskMemory> direct = machine.decide(
                        task,
                        expected.get(task),
                        TaskMessage.newBuilder().setCommand(command).build(),
                        moment);
                if (direct.state() == null) {
                    expected.remove(task);
                } else {
                    expected.put(task, direct.state());
                }
                List<Effect> effects = decision.effects().stream()
                        .filter(effect -> !(effect instanceof Effect.ToTombstones))
                        .toList();
                assertThat(effects).as("seed %d", seed).isEqualTo(direct.effects());
            }
            apply(task, decision);
        }

        private void apply(String task, Decision<TaskMemory> decision) {
            if (decision.state() == null) {
                here.remove(task);
            } else {
                here.put(task, decision.state());
            }
            decision.effects().forEach(effect -> {
                if (effect instanceof Effect.ToTombstones to) {
                    send("task " + to.taskId(), to.message());
                }
            });
        }
    }
}
