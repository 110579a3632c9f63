package io.millrace.orchestrator.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.function.Addresses;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.SetLaneLimit;
import io.millrace.schemas.v1.StartCampaign;
import io.millrace.schemas.v1.TaskCommand;
import org.apache.flink.statefun.flink.core.message.RoutableMessage;
import org.junit.jupiter.api.Test;

class CommandRouterTest {
    private static final TaskCommand COMMAND = TaskCommand.newBuilder()
            .setCommandId("c1")
            .setTaskId(TaskId.at(1_790_000_000_000L).value())
            .setUserId("u1")
            .setCancel(CancelTask.getDefaultInstance())
            .build();

    @Test
    void aCommandGoesToItsTask() {
        assertThat(route(COMMAND.toByteArray()).target()).isEqualTo(Addresses.task(COMMAND.getTaskId()));
    }

    @Test
    void commandsToLanesAndCampaignsGoThere() {
        CampaignId campaign = CampaignId.at(1_790_000_000_000L);
        TaskCommand limit = COMMAND.toBuilder()
                .setTaskId("lane:poster")
                .setSetLaneLimit(SetLaneLimit.getDefaultInstance())
                .build();
        TaskCommand start = COMMAND.toBuilder()
                .setTaskId(campaign.value())
                .setStartCampaign(StartCampaign.getDefaultInstance())
                .build();

        assertThat(route(limit.toByteArray()).target()).isEqualTo(Addresses.lane("poster"));
        assertThat(route(start.toByteArray()).target()).isEqualTo(Addresses.campaign(campaign.value()));
    }

    @Test
    void aCommandToTheWrongKindOfIdIsRejected() {
        assertRejected(COMMAND.toBuilder().setTaskId("lane:poster").build().toByteArray());
        assertRejected(COMMAND.toBuilder()
                .setSetLaneLimit(SetLaneLimit.getDefaultInstance())
                .build()
                .toByteArray());
        assertRejected(COMMAND.toBuilder()
                .setTaskId("lane:poster/1")
                .setSetLaneLimit(SetLaneLimit.getDefaultInstance())
                .build()
                .toByteArray());
        assertRejected(COMMAND.toBuilder()
                .setStartCampaign(StartCampaign.getDefaultInstance())
                .build()
                .toByteArray());
    }

    @Test
    void whatIsNoCommandGoesWhereItIsRejected() {
        assertRejected("{\"json\": true}".getBytes(UTF_8));
        assertRejected(new byte[0]);
        assertRejected(COMMAND.toBuilder().setTaskId("task_1").build().toByteArray());
        assertRejected(COMMAND.toBuilder().clearCommandId().build().toByteArray());
        assertRejected(COMMAND.toBuilder().setUserId(" ").build().toByteArray());
        assertRejected(COMMAND.toBuilder().setUserId("u".repeat(129)).build().toByteArray());
        assertRejected(COMMAND.toBuilder().clearBody().build().toByteArray());
    }

    @Test
    void aCommandThatWouldMakeItsEventsTooLargeIsRejected() {
        String reason = "x".repeat(CommandRouter.MAX_COMMAND_BYTES);

        assertRejected(COMMAND.toBuilder()
                .setCancel(CancelTask.newBuilder().setReason(reason))
                .build()
                .toByteArray());
    }

    private static void assertRejected(byte[] value) {
        assertThat(route(value).target()).isEqualTo(Addresses.rejection("tasks.commands.v1", 3));
    }

    private static RoutableMessage route(byte[] value) {
        return new CommandRouter().map(ReceivedRecord.of("tasks.commands.v1", 3, new byte[0], value));
    }
}
