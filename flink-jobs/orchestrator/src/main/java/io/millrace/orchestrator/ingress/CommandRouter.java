package io.millrace.orchestrator.ingress;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.orchestrator.function.Addresses;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.RejectedRecord;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMessage;
import java.util.Optional;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.statefun.flink.core.message.RoutableMessage;
import org.apache.flink.statefun.flink.core.message.RoutableMessageBuilder;

/** Addresses each command to its task, lane or campaign; what is no command goes to the function that rejects, with its original bytes. */
public final class CommandRouter implements MapFunction<ReceivedRecord, RoutableMessage> {
    private static final long serialVersionUID = 1L;
    /** What a command brings is in each event of its task in full, beside the outputs of the phases: together they must fit into a record. */
    static final int MAX_COMMAND_BYTES = 2 << 20;
    /** Characters: what the tables hold. */
    private static final int MAX_NAME = 128;
    /** Before the name of a lane where a task id would be. */
    private static final String LANE = "lane:";

    @Override
    public RoutableMessage map(ReceivedRecord received) {
        if (received.value.length > MAX_COMMAND_BYTES) {
            return rejected(
                    received, "a command has at most " + MAX_COMMAND_BYTES + " bytes, not " + received.value.length);
        }
        try {
            TaskCommand command = TaskCommand.parseFrom(received.value);
            Optional<String> complaint = complaint(command);
            return complaint.isEmpty() ? addressed(command) : rejected(received, complaint.get());
        } catch (InvalidProtocolBufferException e) {
            return rejected(received, "not a TaskCommand: " + e.getMessage());
        }
    }

    private static Optional<String> complaint(TaskCommand command) {
        Optional<String> misplaced = misplaced(command);
        if (misplaced.isPresent()) {
            return misplaced;
        }
        if (command.getCommandId().isBlank()) {
            return Optional.of("command_id must not be empty");
        }
        if (command.getUserId().isBlank()) {
            return Optional.of("user_id must not be empty");
        }
        if (command.getCommandId().length() > MAX_NAME || command.getUserId().length() > MAX_NAME) {
            return Optional.of("command_id and user_id have at most " + MAX_NAME + " characters");
        }
        if (command.getBodyCase() == TaskCommand.BodyCase.BODY_NOT_SET) {
            return Optional.of("body must be a command that this version knows");
        }
        return Optional.empty();
    }

    /** Whether the id is one of those the command is for. */
    private static Optional<String> misplaced(TaskCommand command) {
        String id = command.getTaskId();
        return switch (command.getBodyCase()) {
            case SET_LANE_LIMIT ->
                id.matches(LANE + "[a-z0-9_-]+")
                        ? Optional.empty()
                        : Optional.of("task_id of set_lane_limit must be lane: and the name of a lane");
            case START_CAMPAIGN, CANCEL_CAMPAIGN ->
                CampaignId.isCampaignId(id)
                        ? Optional.empty()
                        : Optional.of("task_id of a campaign command must be camp_ and a UUIDv7");
            default -> TaskId.isTaskId(id) ? Optional.empty() : Optional.of("task_id must be task_ and a UUIDv7");
        };
    }

    private static RoutableMessage addressed(TaskCommand command) {
        return switch (command.getBodyCase()) {
            case SET_LANE_LIMIT ->
                RoutableMessageBuilder.builder()
                        .withTargetAddress(Addresses.lane(command.getTaskId().substring(LANE.length())))
                        .withMessageBody(
                                LaneMessage.newBuilder().setCommand(command).build())
                        .build();
            case START_CAMPAIGN, CANCEL_CAMPAIGN ->
                RoutableMessageBuilder.builder()
                        .withTargetAddress(Addresses.campaign(command.getTaskId()))
                        .withMessageBody(
                                CampaignMessage.newBuilder().setCommand(command).build())
                        .build();
            default -> toTask(command);
        };
    }

    private static RoutableMessage toTask(TaskCommand command) {
        return RoutableMessageBuilder.builder()
                .withTargetAddress(Addresses.task(command.getTaskId()))
                .withMessageBody(TaskMessage.newBuilder().setCommand(command).build())
                .build();
    }

    private static RoutableMessage rejected(ReceivedRecord received, String reason) {
        RejectedRecord record = RejectedRecord.newBuilder()
                .setKey(ByteString.copyFrom(received.key))
                .setValue(ByteString.copyFrom(received.value))
                .setSource(received.topic)
                .setReason(reason)
                .build();
        return RoutableMessageBuilder.builder()
                .withTargetAddress(Addresses.rejection(received.topic, received.partition))
                .withMessageBody(record)
                .build();
    }
}
