package io.millrace.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.engine.lane.LaneMachine;
import io.millrace.engine.lane.PageMachine;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.PageState;
import io.millrace.schemas.v1.Release;
import io.millrace.schemas.workflow.Definitions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What one grant of a lane costs as the queue grows: a release, the grant it leads to, an enqueue, and the pages they turn.
 * Twice, on the bare machine with the lane's state as an object, as the heap back end keeps it, and with the state written and
 * read for each message, as RocksDB does. Pages are bytes in both. Neither back end itself is measured here.
 */
public final class LaneCost {
    private static final int[] WAITING = {1_000, 10_000, 100_000, 1_000_000};
    private static final int[] TENANTS = {1, 10, 100};
    private static final int GRANTS = 100_000;

    private final LaneMachine machine = new LaneMachine(Definitions.shipped());
    private final PageMachine pageMachine = new PageMachine();
    private final Map<Long, byte[]> pages = new HashMap<>();
    private final Deque<String> running = new ArrayDeque<>();
    private final boolean serialized;
    private LaneState state = LaneState.getDefaultInstance();
    private byte[] bytes = {};
    private long now = 1_760_000_000_000L;
    private int number;

    private LaneCost(boolean serialized) {
        this.serialized = serialized;
    }

    /** Takes no arguments. */
    public static void main(String[] args) throws InvalidProtocolBufferException {
        measure(new LaneCost(false), 100_000, 10);
        measure(new LaneCost(true), 10_000, 10);
        System.out.printf(
                "%10s %8s %16s %22s %12s%n",
                "waiting", "tenants", "object ns/grant", "serialized ns/grant", "lane bytes");
        for (int waiting : WAITING) {
            for (int tenants : TENANTS) {
                long object = measure(new LaneCost(false), waiting, tenants);
                LaneCost last = new LaneCost(true);
                long written = measure(last, waiting, tenants);
                System.out.printf(
                        "%10d %8d %16d %22d %12d%n", waiting, tenants, object, written, last.state.getSerializedSize());
            }
        }
    }

    private static long measure(LaneCost lane, int waiting, int tenants) throws InvalidProtocolBufferException {
        for (int i = 0; i < waiting; i++) {
            lane.enqueue(tenants);
        }
        long begun = System.nanoTime();
        for (int i = 0; i < GRANTS; i++) {
            lane.release();
            lane.enqueue(tenants);
        }
        return (System.nanoTime() - begun) / GRANTS;
    }

    private void enqueue(int tenants) throws InvalidProtocolBufferException {
        number++;
        apply(LaneMessage.newBuilder()
                .setEnqueue(LaneEntry.newBuilder()
                        .setTaskId("task_01998f10-2a00-7000-8000-" + (100_000_000_000L + number))
                        .setTicket(1)
                        .setAttempt(1)
                        .setUserId("tenant-" + number % tenants)
                        .setPriority(number % 3 + 4)
                        .setEnqueuedAtMs(now++))
                .build());
    }

    private void release() throws InvalidProtocolBufferException {
        apply(LaneMessage.newBuilder()
                .setRelease(Release.newBuilder().setTaskId(running.remove()).setTicket(1))
                .build());
    }

    private void apply(LaneMessage first) throws InvalidProtocolBufferException {
        Deque<LaneMessage> messages = new ArrayDeque<>(4);
        messages.add(first);
        while (!messages.isEmpty()) {
            LaneState before = serialized ? LaneState.parseFrom(bytes) : state;
            Decision<LaneState> decision = machine.decide("poster", before, messages.remove(), new Moment(now, 1));
            state = java.util.Objects.requireNonNull(decision.state());
            if (serialized) {
                bytes = state.toByteArray();
            }
            for (Effect effect : decision.effects()) {
                if (effect instanceof Effect.ToPage to) {
                    turn(to, messages);
                } else if (effect instanceof Effect.ToTask to) {
                    running.add(to.taskId());
                }
            }
        }
    }

    private void turn(Effect.ToPage to, Deque<LaneMessage> messages) throws InvalidProtocolBufferException {
        byte[] kept = pages.get(to.page());
        PageState before = kept == null ? null : PageState.parseFrom(kept);
        Decision<PageState> decision = pageMachine.decide("poster", to.page(), before, to.message());
        PageState after = decision.state();
        if (after == null) {
            pages.remove(to.page());
        } else {
            pages.put(to.page(), after.toByteArray());
        }
        decision.effects().forEach(effect -> messages.add(((Effect.ToLane) effect).message()));
    }
}
