package io.millrace.orchestrator.ingress;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.orchestrator.function.Addresses;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.v1.RejectedRecord;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMessage;
import java.util.Optional;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.statefun.flink.core.message.RoutableMessage;
import org.apache.flink.statefun.flink.core.message.RoutableMessageBuilder;

/** Addresses each command to its task; what is no command goes to the function that rejects, with its original bytes. */
public final class CommandRouter implements MapFunction<ReceivedRecord, RoutableMessage> {
    private static final long serialVersionUID = 1L;

    @Override
    public RoutableMessage map(ReceivedRecord received) {
        try {
            TaskCommand command = TaskCommand.parseFrom(received.value);
            Optional<String> complaint = complaint(command);
            return complaint.isEmpty() ? toTask(command) : rejected(received, complaint.get());
        } catch (InvalidProtocolBufferException e) {
            return rejected(received, "not a TaskCommand: " + e.getMessage());
        }
    }

    private static Optional<String> complaint(TaskCommand command) {
        if (!TaskId.isTaskId(command.getTaskId())) {
            return Optional.of("task_id must be task_ and a UUIDv7");
        }
        if (command.getCommandId().isBlank()) {
            return Optional.of("command_id must not be empty");
        }
        if (command.getUserId().isBlank()) {
            return Optional.of("user_id must not be empty");
        }
        if (command.getBodyCase() == TaskCommand.BodyCase.BODY_NOT_SET) {
            return Optional.of("body must be a command that this version knows");
        }
        return Optional.empty();
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
