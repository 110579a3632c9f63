package io.millrace.engine.lane;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.PageState;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.Release;
import io.millrace.schemas.v1.SetLaneLimit;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.Withdraw;
import io.millrace.schemas.workflow.Definitions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A lane with its pages; messages between them arrive at once, timers when the test rings them. */
final class RunningLane {
    final Map<Long, PageState> pages = new HashMap<>();
    final List<String> granted = new ArrayList<>();
    final List<Progress> told = new ArrayList<>();
    LaneState state = LaneState.getDefaultInstance();
    long now = 1_000_000;

    private final String name;
    private final LaneMachine machine;
    private final PageMachine pageMachine = new PageMachine();

    RunningLane(String name, Definitions definitions) {
        this.name = name;
        this.machine = new LaneMachine(definitions);
    }

    /** A second one that goes on from the bytes of this one. */
    RunningLane restored(Definitions definitions) throws InvalidProtocolBufferException {
        RunningLane other = new RunningLane(name, definitions);
        other.state = LaneState.parseFrom(state.toByteArray());
        other.pages.putAll(pages);
        other.granted.addAll(granted);
        other.now = now;
        return other;
    }

    List<Effect> enqueue(String task, String user, int priority) {
        return apply(LaneMessage.newBuilder()
                .setEnqueue(LaneEntry.newBuilder()
                        .setTaskId(task)
                        .setTicket(1)
                        .setAttempt(1)
                        .setUserId(user)
                        .setPriority(priority)
                        .setEnqueuedAtMs(now))
                .build());
    }

    List<Effect> withdraw(String task, String user, int priority) {
        return apply(LaneMessage.newBuilder()
                .setWithdraw(Withdraw.newBuilder()
                        .setTaskId(task)
                        .setTicket(1)
                        .setUserId(user)
                        .setPriority(priority))
                .build());
    }

    List<Effect> decline(String task) {
        return apply(LaneMessage.newBuilder()
                .setRelease(Release.newBuilder().setTaskId(task).setTicket(1).setDeclined(true))
                .build());
    }

    List<Effect> release(String task) {
        return apply(LaneMessage.newBuilder()
                .setRelease(Release.newBuilder().setTaskId(task).setTicket(1))
                .build());
    }

    List<Effect> limit(int limit) {
        return apply(LaneMessage.newBuilder()
                .setCommand(TaskCommand.newBuilder()
                        .setCommandId("limit-" + limit)
                        .setTaskId("lane:" + name)
                        .setUserId("admin")
                        .setSetLaneLimit(SetLaneLimit.newBuilder().setLimit(limit)))
                .build());
    }

    List<Effect> apply(LaneMessage first) {
        List<Effect> all = new ArrayList<>();
        Deque<LaneMessage> messages = new ArrayDeque<>(List.of(first));
        while (!messages.isEmpty()) {
            Decision<LaneState> decision = machine.decide(name, state, messages.remove(), new Moment(now, 1));
            state = Objects.requireNonNull(decision.state());
            all.addAll(decision.effects());
            for (Effect effect : decision.effects()) {
                if (effect instanceof Effect.ToPage to) {
                    turnPage(to, messages);
                } else if (effect instanceof Effect.ToTask to && to.message().hasGrant()) {
                    granted.add(to.taskId());
                } else if (effect instanceof Effect.Tell tell) {
                    told.add(tell.progress());
                }
            }
        }
        return all;
    }

    private void turnPage(Effect.ToPage to, Deque<LaneMessage> messages) {
        Decision<PageState> page = pageMachine.decide(name, to.page(), pages.get(to.page()), to.message());
        if (page.state() == null) {
            pages.remove(to.page());
        } else {
            pages.put(to.page(), page.state());
        }
        page.effects().forEach(effect -> messages.add(((Effect.ToLane) effect).message()));
    }
}
