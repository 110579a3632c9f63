package io.millrace.orchestrator.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Effect;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.Cancellation;
import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LiveRecord;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.RejectedRecord;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TombstoneMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.statefun.sdk.reqreply.generated.TypedValue;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static final BatchRequest REQUEST =
            BatchRequest.newBuilder().setFunction("ocr").setSlot(1).build();
    private static final List<Effect> ALL = List.of(
            new Effect.ToTask("task_1", TaskMessage.getDefaultInstance()),
            new Effect.ToTombstones("task_1", TombstoneMessage.getDefaultInstance()),
            new Effect.ToLane("poster", LaneMessage.getDefaultInstance()),
            new Effect.ToCampaign("camp_1", CampaignMessage.getDefaultInstance()),
            new Effect.ToPage("poster", 7, LaneMessage.getDefaultInstance()),
            new Effect.ToBatcher("ocr", BatchMessage.getDefaultInstance()),
            new Effect.ToSelf<>(BatchMessage.getDefaultInstance()),
            new Effect.CallRemote(REQUEST),
            new Effect.Wake<>(Duration.ofMillis(50), "token", BatchMessage.getDefaultInstance()),
            new Effect.Wake<>(Duration.ofMillis(-1), "", BatchMessage.getDefaultInstance()),
            new Effect.CancelWake("token"),
            new Effect.Tell(Progress.getDefaultInstance()),
            new Effect.StopComputing(Cancellation.getDefaultInstance()),
            new Effect.Publish(EventRecord.getDefaultInstance()),
            new Effect.Reject(RejectedRecord.getDefaultInstance()),
            new Effect.Count("retries", 3),
            new Effect.Gauge("waiting", 7),
            new Effect.Gauge("waiting", 4));

    private final Effects effects = new Effects(new Addresses(1));
    private final FakeContext context = new FakeContext(new Addresses(1).batcher("ocr", Addresses.task("any")));

    @Test
    void everyEffectIsApplied() {
        Set<Class<?>> known = ALL.stream().map(Object::getClass).collect(Collectors.toSet());

        assertThat(known).containsExactlyInAnyOrder(Effect.class.getPermittedSubclasses());
    }

    @Test
    void effectsAreAppliedInOrderToTheRightAddresses() {
        effects.apply(context, ALL);

        assertThat(context.calls)
                .containsExactly(
                        "send FunctionType(millrace, task) t:task_1",
                        "send FunctionType(millrace, tombstones) "
                                + new Addresses(1).tombstones("task_1").id(),
                        "send FunctionType(millrace, lane) l:poster",
                        "send FunctionType(millrace, campaign) c:camp_1",
                        "send FunctionType(millrace, lane) l:poster/7",
                        "send FunctionType(millrace, batch) b:ocr/0",
                        "send FunctionType(millrace, batch) b:ocr/0",
                        "send FunctionType(inference, ocr) b:ocr/0/1",
                        "cancel token",
                        "after 50 b:ocr/0 token",
                        "after 0 b:ocr/0",
                        "cancel token",
                        "egress millrace/live",
                        "egress millrace/live",
                        "egress millrace/committed",
                        "egress millrace/committed");
        assertThat(context.counters)
                .containsEntry("retries", 3L)
                .containsEntry("waiting", 4L)
                .containsEntry("rejected", 1L);
    }

    @Test
    void messagesAreWrappedAsTheirWayOutNeedsThem() throws Exception {
        effects.apply(context, ALL);

        TypedValue call = (TypedValue) context.messages.get(7);
        assertThat(call.getTypename()).isEqualTo("millrace/BatchRequest");
        assertThat(BatchRequest.parseFrom(call.getValue())).isEqualTo(REQUEST);
        assertThat(context.messages.subList(10, 14))
                .containsExactly(
                        LiveRecord.newBuilder()
                                .setProgress(Progress.getDefaultInstance())
                                .build(),
                        LiveRecord.newBuilder()
                                .setCancellation(Cancellation.getDefaultInstance())
                                .build(),
                        CommittedRecord.newBuilder()
                                .setEvent(EventRecord.getDefaultInstance())
                                .build(),
                        CommittedRecord.newBuilder()
                                .setRejected(RejectedRecord.getDefaultInstance())
                                .build());
    }
}
