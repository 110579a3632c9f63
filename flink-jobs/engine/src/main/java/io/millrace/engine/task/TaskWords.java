package io.millrace.engine.task;

import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.workflow.Phase;
import io.millrace.schemas.workflow.Workflow;

/** The phase and the sentence people see. */
final class TaskWords {
    private TaskWords() {}

    static String phase(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        if (draft.status() == TaskStatus.COMPLETED) {
            return Workflow.COMPLETED;
        }
        if (state.getPhaseIndex() < 0) {
            return Workflow.INIT;
        }
        return state.getShownPhase().isEmpty() ? draft.phase().name() : state.getShownPhase();
    }

    /** In the language of the prompt. */
    static String message(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        boolean chinese = state.getChinese();
        if (draft.deleted) {
            return chinese ? "任务已删除" : "Deleted";
        }
        return switch (draft.status()) {
            case PENDING -> chinese ? "任务已创建" : "Task created";
            case QUEUED -> chinese ? "排队等待中" : "Waiting for a slot";
            case PAUSED -> chinese ? "已暂停" : "Paused";
            case COMPLETED -> chinese ? "任务完成" : "Completed";
            case PARTIAL_FAILURE -> chinese ? "部分完成" : "Completed in part";
            case FAILED -> because(chinese ? "任务失败" : "Failed", state.getError().getMessage(), chinese);
            case CANCELLED -> because(chinese ? "任务已取消" : "Cancelled", state.getCancelReason(), chinese);
            case PROCESSING -> {
                if (!state.getShownMessage().isEmpty()) {
                    yield state.getShownMessage();
                }
                Phase.Message message =
                        draft.workflow.phase(state.getPhaseIndex()).message();
                yield chinese ? message.zh() : message.en();
            }
        };
    }

    /** Whether a text holds a CJK ideograph, read from its UTF-8 bytes. */
    static boolean chinese(com.google.protobuf.ByteString utf8) {
        for (int i = 0; i + 2 < utf8.size(); i++) {
            int first = utf8.byteAt(i) & 0xff;
            // U+4E00 to U+9FFF are the three bytes E4 B8 80 to E9 BF BF.
            if (first >= 0xe4 && first <= 0xe9) {
                return true;
            }
        }
        return false;
    }

    /** What is left of an ended task does not know the reason any more. */
    private static String because(String word, String reason, boolean chinese) {
        return reason.isEmpty() ? word : word + (chinese ? "：" : ": ") + reason;
    }
}
