package io.millrace.engine.task;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command about one task, to be answered.
 *
 * @param taskId the task
 * @param command what is asked
 * @param moment when
 */
record Asked(String taskId, TaskCommand command, Moment moment) {
    private static final int ANSWERS_KEPT = 8;

    static CommandAnswer.Builder accepted(String previous, String status) {
        return CommandAnswer.newBuilder()
                .setAccepted(true)
                .setPreviousStatus(previous)
                .setStatus(status);
    }

    static CommandAnswer.Builder refused(ErrorCode code, String reason, String status) {
        return CommandAnswer.newBuilder()
                .setCode(code.name())
                .setReason(reason)
                .setPreviousStatus(status)
                .setStatus(status);
    }

    /** Nothing changes but that it is answered. */
    Decision<TaskMemory> answered(@Nullable TaskMemory memory, CommandAnswer.Builder answer) {
        return new Decision<>(memory, List.of(answer(answer)));
    }

    Decision<TaskMemory> refusal(@Nullable TaskMemory memory, ErrorCode code, String reason, String status) {
        return answered(memory, refused(code, reason, status));
    }

    /** Answers within a decision that changes the task; a repeat will get the same answer. */
    void answer(TaskDraft draft, CommandAnswer.Builder answer) {
        remember(draft.state, answer);
        draft.add(answer(answer));
    }

    void remember(TaskState.Builder state, CommandAnswer.Builder answer) {
        if (state.getAnswersCount() == ANSWERS_KEPT) {
            state.removeAnswers(0);
        }
        state.addAnswers(answer.setCommandId(command.getCommandId()));
    }

    /** The answer this very command got before. */
    @Nullable
    CommandAnswer before(TaskState state) {
        for (CommandAnswer answer : state.getAnswersList()) {
            if (answer.getCommandId().equals(command.getCommandId())) {
                return answer;
            }
        }
        return null;
    }

    Effect answer(CommandAnswer.Builder answer) {
        return TaskReports.answer(
                taskId,
                command.getUserId(),
                moment.nowMillis(),
                answer.setCommandId(command.getCommandId()).build());
    }
}
