package io.millrace.schemas.task;

/** Why a task, an item or a request failed. The list is closed: clients may switch over it. */
public enum ErrorCode {
    /** A phase took longer than its workflow allows, retries included. */
    TIMEOUT(
            true,
            "The step took longer than allowed. Recover the task, or raise the timeout of its phase.",
            "该步骤超时。请恢复任务，或调大该阶段的超时时间。"),
    /** The parameters cannot be worked with; trying again changes nothing. */
    BAD_INPUT(false, "Correct the named parameter and submit again.", "请修正提示的参数后重新提交。"),
    /** A model answered with an error. */
    MODEL_ERROR(
            true,
            "The model failed on this input. Recover the task; if it fails again, change the input.",
            "模型处理失败。请恢复任务；若再次失败，请修改输入。"),
    /** The inference endpoint or a database could not be reached. */
    UNAVAILABLE(
            true, "A part of the system is down. The task can be recovered once it is back.", "系统某部分暂不可用，恢复后可继续该任务。"),
    /** The endpoint is full. */
    BUSY(true, "The system is at capacity. Try again later.", "系统繁忙，请稍后重试。"),
    /** Nobody waited for the answer any more when the item's turn came. */
    EXPIRED(true, "The item waited too long and was not computed. Recover the task.", "等待超时未处理，请恢复任务。"),
    /** The attempt was cancelled while it ran. */
    CANCELLED(false, "The task was cancelled; submit it again if it is still wanted.", "任务已取消，如仍需要请重新提交。"),
    /** The command could not be written to the queue. */
    QUEUE_ERROR(
            true, "The task was not accepted. Submit it again with the same Idempotency-Key.", "任务未被接收，请使用相同的幂等键重新提交。"),
    /** The orchestrator no longer knows the task. */
    STATE_LOST(true, "The state of the task was lost. Recover it or submit it again.", "任务状态丢失，请恢复或重新提交。"),
    /** The move is not allowed in the task's present state. */
    CONFLICT(false, "The task's state does not allow this; the reason names the state.", "当前任务状态不允许该操作，原因中已注明状态。"),
    /** No task with this id, or not any more. */
    NOT_FOUND(false, "Check the id; tasks are kept for the retention time after their end.", "请检查任务编号；任务结束后仅保留一段时间。"),
    /** The caller may not do this. */
    FORBIDDEN(false, "Use credentials that own the task.", "请使用拥有该任务的凭证。"),
    /** A defect of Millrace. */
    INTERNAL(false, "Report this with the task id: it is a defect.", "系统缺陷，请附任务编号反馈。");

    private final boolean retryable;
    private final String remedy;
    private final String remedyZh;

    ErrorCode(boolean retryable, String remedy, String remedyZh) {
        this.retryable = retryable;
        this.remedy = remedy;
        this.remedyZh = remedyZh;
    }

    /** Whether doing the same again may succeed. */
    public boolean retryable() {
        return retryable;
    }

    /** What the reader can do, in English. */
    public String remedy() {
        return remedy;
    }

    /** What the reader can do, in Chinese. */
    public String remedyZh() {
        return remedyZh;
    }
}
