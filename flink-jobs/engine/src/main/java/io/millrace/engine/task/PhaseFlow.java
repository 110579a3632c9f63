package io.millrace.engine.task;

import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.TaskStateOrBuilder;
import io.millrace.schemas.workflow.Phase;
import io.millrace.schemas.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Which phase comes next, and which results are kept on the way. */
final class PhaseFlow {
    private PhaseFlow() {}

    /** Index of the phase to run next, the number of phases when none is left. Going back forgets what will be made anew. */
    static int next(TaskDraft draft, Map<String, String> facts) {
        TaskState.Builder state = draft.state;
        int index = state.getPhaseIndex();
        Phase.Repeat repeat = draft.workflow.phase(index).flow().repeat();
        String target = repeat == null ? "" : facts.getOrDefault(repeat.fact(), "");
        if (repeat != null && repeat.allowed().contains(target)) {
            OptionalInt back = draft.workflow.indexOf(target);
            if (back.isPresent()) {
                state.setRound(state.getRound() + 1);
                for (int i = back.getAsInt(); i < index; i++) {
                    forget(state, draft.workflow.phase(i).name());
                }
                return runnable(draft.workflow, state, back.getAsInt());
            }
        }
        return runnable(draft.workflow, state, index + 1);
    }

    /** First phase from the place on whose condition holds. */
    static int runnable(Workflow workflow, TaskStateOrBuilder state, int from) {
        List<Phase> phases = workflow.phases();
        int index = from;
        while (index < phases.size() && !runs(state, phases.get(index))) {
            index++;
        }
        return index;
    }

    static void keep(TaskState.Builder state, PhaseResult result) {
        forget(state, result.getPhase());
        state.addResults(result);
    }

    static void forget(TaskState.Builder state, String phase) {
        for (int i = state.getResultsCount() - 1; i >= 0; i--) {
            if (state.getResults(i).getPhase().equals(phase)) {
                state.removeResults(i);
            }
        }
    }

    static @Nullable PhaseResult find(List<PhaseResult> results, String phase) {
        for (PhaseResult result : results) {
            if (result.getPhase().equals(phase)) {
                return result;
            }
        }
        return null;
    }

    private static boolean runs(TaskStateOrBuilder state, Phase phase) {
        Phase.Repeat repeat = phase.flow().repeat();
        if (repeat != null && state.getRound() >= repeat.max()) {
            return false;
        }
        Phase.Condition when = phase.flow().when();
        if (when == null) {
            return true;
        }
        PhaseResult judged = find(state.getResultsList(), when.phase());
        return judged != null && when.equalTo().equals(judged.getFactsMap().get(when.fact()));
    }
}
