package io.millrace.engine.lane;

import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.engine.json.JsonBytes;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.workflow.Lane;

/** What an administrator may ask of a lane. */
final class LaneCommands {
    static final int MAX_LIMIT = 1000;

    private LaneCommands() {}

    /** Slots that are held stay with their holders: a lower limit only keeps further ones back. @return the answer */
    static Effect setLimit(Lane lane, LaneState.Builder state, TaskCommand command, Moment moment) {
        int wanted = command.getSetLaneLimit().getLimit();
        if (!command.hasSetLaneLimit() || wanted < 0 || wanted > MAX_LIMIT) {
            String reason = command.hasSetLaneLimit()
                    ? "limit must be from 0 (as defined) to " + MAX_LIMIT + ", not " + wanted
                    : "a lane understands set_lane_limit only";
            return refused(lane.name(), command, ErrorCode.BAD_INPUT, reason, moment);
        }
        int before = limit(state, lane);
        state.setLimit(wanted);
        JsonBytes details = new JsonBytes(64)
                .text("lane", lane.name())
                .number("previous_limit", before)
                .number("limit", limit(state, lane));
        CommandAnswer.Builder answer =
                CommandAnswer.newBuilder().setAccepted(true).setDetails(details.build());
        return answer(lane.name(), command, answer, moment);
    }

    static Effect unknown(String lane, TaskCommand command, Moment moment) {
        return refused(lane, command, ErrorCode.NOT_FOUND, "no lane is named " + lane, moment);
    }

    static int limit(LaneState.Builder state, Lane lane) {
        return state.getLimit() > 0 ? state.getLimit() : lane.concurrency();
    }

    private static Effect refused(String lane, TaskCommand command, ErrorCode code, String reason, Moment moment) {
        CommandAnswer.Builder answer =
                CommandAnswer.newBuilder().setCode(code.name()).setReason(reason);
        return answer(lane, command, answer, moment);
    }

    private static Effect answer(String lane, TaskCommand command, CommandAnswer.Builder answer, Moment moment) {
        return new Effect.Tell(LaneReports.about(lane, moment)
                .setUserId(command.getUserId())
                .setTraceparent(command.getTraceparent())
                .setAnswer(answer.setCommandId(command.getCommandId()))
                .build());
    }
}
