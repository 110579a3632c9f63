package io.millrace.edge.submit;

import com.google.protobuf.ByteString;
import io.millrace.edge.Json;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.TaskView;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.Step;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task that somebody wants, validated.
 *
 * @param type canonical name
 * @param priority 0 to 9
 * @param projectId empty when none
 * @param customId empty when none
 * @param params the parameters
 * @param deadlines by when it must have begun and ended
 * @param parent the task it derives from; null when none
 */
public record Submission(
        String type,
        int priority,
        String projectId,
        String customId,
        ObjectNode params,
        Deadlines deadlines,
        @Nullable Parent parent) {
    /** Milliseconds since 1970; 0: none. */
    public record Deadlines(long startMillis, long endMillis) {
        public static final Deadlines NONE = new Deadlines(0, 0);
    }

    /** A finished task and the results of its phases that may be taken over. */
    public record Parent(String taskId, List<PhaseResult> reusable) {
        public Parent {
            reusable = List.copyOf(reusable);
        }
    }

    private static final ObjectWriter SORTED = Json.MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

    /** SHA-256 over everything in it, in a form that does not depend on the order of fields. */
    String hash() {
        return hash(type, priority, projectId, customId, parent == null ? "" : parent.taskId(), params);
    }

    /** The hash of the submission a task was made from. */
    static String hashOf(TaskView view) {
        Step step = view.step();
        return hash(
                step.getType(),
                step.getPriority(),
                step.getProjectId(),
                step.getCustomId(),
                step.getParentTaskId(),
                Json.lenient(view.inputParams()));
    }

    private static String hash(
            String type, int priority, String projectId, String customId, String parentId, JsonNode params) {
        ObjectNode whole = Json.object()
                .put("type", type)
                .put("priority", priority)
                .put("project_id", projectId)
                .put("custom_id", customId);
        if (!parentId.isEmpty()) {
            whole.put("parent_task_id", parentId);
        }
        whole.set("params", params);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(SORTED.writeValueAsBytes(whole));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The same, deriving from a task. */
    public Submission derivedFrom(Parent from) {
        return new Submission(type, priority, projectId, customId, params, deadlines, from);
    }

    /** The same with other parameters. */
    public Submission withParams(ObjectNode other) {
        return new Submission(type, priority, projectId, customId, other, deadlines, parent);
    }

    /** The same, to be ended at this time at the latest. */
    Submission endingBy(long endMillis) {
        long end = deadlines.endMillis() == 0 ? endMillis : Math.min(endMillis, deadlines.endMillis());
        Deadlines both = new Deadlines(deadlines.startMillis(), end);
        return new Submission(type, priority, projectId, customId, params, both, parent);
    }

    /** The command that submits it. */
    public TaskCommand command(TaskId taskId, String userId, long nowMillis, String traceparent) {
        SubmitTask.Builder submit = SubmitTask.newBuilder()
                .setType(type)
                .setPriority(priority)
                .setProjectId(projectId)
                .setCustomId(customId)
                .setInputParams(ByteString.copyFrom(params.toString(), StandardCharsets.UTF_8))
                .setCreatedAtMs(nowMillis)
                .setStartDeadlineMs(deadlines.startMillis())
                .setEndDeadlineMs(deadlines.endMillis());
        if (parent != null) {
            submit.setParentTaskId(parent.taskId()).addAllReusable(parent.reusable());
        }
        return TaskCommand.newBuilder()
                .setCommandId(LiveView.submitCommandId(taskId.value()))
                .setTaskId(taskId.value())
                .setUserId(userId)
                .setIssuedAtMs(nowMillis)
                .setTraceparent(traceparent)
                .setSubmit(submit)
                .build();
    }

    /** How a submitted task is shown before the orchestrator has taken it: pending, step 0. */
    public static TaskView pendingView(TaskCommand command) {
        SubmitTask submit = command.getSubmit();
        Step step = Step.newBuilder()
                .setStatus(TaskStatus.PENDING.wireName())
                .setPhase(Workflow.INIT)
                .setMessage("accepted")
                .setType(submit.getType())
                .setPriority(submit.getPriority())
                .setProjectId(submit.getProjectId())
                .setCustomId(submit.getCustomId())
                .setParentTaskId(submit.getParentTaskId())
                .setCreatedAtMs(submit.getCreatedAtMs())
                .build();
        return new TaskView(
                command.getTaskId(),
                command.getUserId(),
                submit.getCampaignId(),
                0,
                0,
                step,
                submit.getInputParams(),
                submit.getCreatedAtMs());
    }
}
