package io.millrace.orchestrator.function;

import com.google.protobuf.MessageLite;
import io.millrace.engine.Effect;
import io.millrace.orchestrator.remote.RemoteWire;
import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.LiveRecord;
import io.millrace.schemas.v1.RejectedRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.Context;

/** Does what a decision asked for. Runs only after the decision as a whole has succeeded. */
final class Effects {
    private final Addresses addresses;
    /** Where the gauges of this subtask stand; a recovery makes it anew, together with the counters. */
    private final Map<String, Long> measured = new HashMap<>();

    Effects(Addresses addresses) {
        this.addresses = addresses;
    }

    void apply(Context context, List<Effect> effects) {
        for (Effect effect : effects) {
            apply(context, effect);
        }
    }

    static void reject(Context context, RejectedRecord rejected) {
        context.metrics().counter("rejected").inc();
        context.send(
                WaysOut.COMMITTED,
                CommittedRecord.newBuilder()
                        .setRejected(DeadLetters.bounded(rejected))
                        .build());
    }

    private void apply(Context context, Effect effect) {
        if (effect instanceof Effect.ToTask to) {
            context.send(Addresses.task(to.taskId()), to.message());
        } else if (effect instanceof Effect.ToTombstones to) {
            context.send(addresses.tombstones(to.taskId()), to.message());
        } else if (effect instanceof Effect.ToLane to) {
            context.send(Addresses.lane(to.lane()), to.message());
        } else if (effect instanceof Effect.ToCampaign to) {
            context.send(Addresses.campaign(to.campaignId()), to.message());
        } else if (effect instanceof Effect.ToPage to) {
            context.send(Addresses.page(to.lane(), to.page()), to.message());
        } else if (effect instanceof Effect.ToBatcher to) {
            context.send(addresses.batcher(to.function(), context.self()), to.message());
        } else if (effect instanceof Effect.ToSelf<?> to) {
            context.send(context.self(), to.message());
        } else if (effect instanceof Effect.CallRemote call) {
            Address slot = addresses.slot(
                    call.request().getFunction(), context.self(), call.request().getSlot());
            context.send(slot, RemoteWire.value(RemoteWire.BATCH_REQUEST, call.request()));
        } else if (effect instanceof Effect.Wake<?> wake) {
            wake(context, wake.delay(), wake.token(), wake.message());
        } else if (effect instanceof Effect.CancelWake cancel) {
            context.cancelDelayedMessage(cancel.token());
        } else if (effect instanceof Effect.Count count) {
            context.metrics().counter(count.counter()).inc(count.amount());
        } else if (effect instanceof Effect.Gauge gauge) {
            measure(context, gauge);
        } else {
            tell(context, effect);
        }
    }

    /** StateFun has counters only: one is moved to where the gauge stands. */
    private void measure(Context context, Effect.Gauge gauge) {
        Long before = measured.put(gauge.gauge(), gauge.value());
        context.metrics().counter(gauge.gauge()).inc(gauge.value() - (before == null ? 0 : before));
    }

    private static void tell(Context context, Effect effect) {
        if (effect instanceof Effect.Tell tell) {
            context.send(
                    WaysOut.LIVE,
                    LiveRecord.newBuilder().setProgress(tell.progress()).build());
        } else if (effect instanceof Effect.StopComputing stop) {
            context.send(
                    WaysOut.LIVE,
                    LiveRecord.newBuilder().setCancellation(stop.cancellation()).build());
        } else if (effect instanceof Effect.Publish publish) {
            context.send(
                    WaysOut.COMMITTED,
                    CommittedRecord.newBuilder().setEvent(publish.event()).build());
        } else if (effect instanceof Effect.Reject reject) {
            reject(context, reject.rejected());
        } else {
            throw new IllegalStateException("an effect that the shell does not know: " + effect.getClass());
        }
    }

    /** A token that is still live would restart the job, again and again: the later wake takes the place of the earlier. */
    private static void wake(Context context, Duration delay, String token, Object message) {
        Duration wait = delay.isNegative() ? Duration.ZERO : delay;
        if (token.isEmpty()) {
            context.sendAfter(wait, context.self(), (MessageLite) message);
            return;
        }
        context.cancelDelayedMessage(token);
        context.sendAfter(wait, context.self(), (MessageLite) message, token);
    }
}
