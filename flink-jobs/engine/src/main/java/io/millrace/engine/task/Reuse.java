package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.json.JsonSlices;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.TaskStateOrBuilder;
import io.millrace.schemas.workflow.Phase;
import io.millrace.schemas.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was produced before is taken over where the input is the same. */
final class Reuse {
    private Reuse() {}

    /** A complete result of the phase, made from the input it would have now. */
    static Optional<PhaseResult> of(TaskStateOrBuilder state, Phase phase) {
        PhaseResult before = PhaseFlow.find(state.getReusableList(), phase.name());
        if (before == null || before.getOutput().isEmpty() || before.getItemsCount() > 0) {
            return Optional.empty();
        }
        Optional<List<ByteString>> elements = elements(state, phase);
        boolean same = elements.isPresent()
                && before.getInputHash().equals(PhaseItems.inputHash(state, phase, elements.get()));
        return same ? Optional.of(before) : Optional.empty();
    }

    /** The phases that are sure to be taken over: their inputs are the same, and so are those of what they read. */
    static List<String> foreseen(TaskState state, Workflow workflow) {
        TaskState.Builder walk = state.toBuilder();
        List<String> taken = new ArrayList<>();
        Set<String> anew = new HashSet<>();
        int index = PhaseFlow.runnable(workflow, walk, 0);
        while (index < workflow.phases().size()) {
            Phase phase = workflow.phase(index);
            Optional<PhaseResult> result =
                    sources(phase).stream().anyMatch(anew::contains) ? Optional.empty() : of(walk, phase);
            if (result.isPresent()) {
                taken.add(phase.name());
                walk.addResults(result.get());
            } else {
                anew.add(phase.name());
            }
            index = PhaseFlow.runnable(workflow, walk, index + 1);
        }
        return taken;
    }

    /**
     * Index of the phase a recovery begins with: the first that never ran, ran in part or not yet in this round, or whose output is gone
     * and needed by one that runs. The last phase when nothing is missing.
     */
    static int firstMissing(TaskState.Builder state, Workflow workflow) {
        Set<Integer> missing = new HashSet<>();
        int last = workflow.phases().size();
        for (int i = PhaseFlow.runnable(workflow, state, 0); i < last; i = PhaseFlow.runnable(workflow, state, i + 1)) {
            Phase phase = workflow.phase(i);
            PhaseResult result = PhaseFlow.find(state.getResultsList(), phase.name());
            // What goes back keeps its result for the next round to read: it has not run in that one.
            boolean ofRoundBefore =
                    result != null && phase.flow().repeat() != null && result.getRound() < state.getRound();
            if (result == null || result.getItemsCount() > 0 || ofRoundBefore) {
                missing.add(i);
            }
        }
        for (int i = last - 1; i >= 0; i--) {
            PhaseResult result =
                    PhaseFlow.find(state.getResultsList(), workflow.phase(i).name());
            String name = workflow.phase(i).name();
            boolean gone = result != null && result.getOutput().isEmpty();
            if (gone
                    && missing.stream()
                            .anyMatch(runs -> sources(workflow.phase(runs)).contains(name))) {
                missing.add(i);
            }
        }
        return missing.stream().min(Integer::compare).orElse(last - 1);
    }

    private static Set<String> sources(Phase phase) {
        Set<String> sources = new HashSet<>(phase.input().reads());
        Phase.ForEach forEach = phase.flow().forEach();
        if (forEach != null) {
            sources.add(forEach.phase());
        }
        return sources;
    }

    private static Optional<List<ByteString>> elements(TaskStateOrBuilder state, Phase phase) {
        Phase.ForEach forEach = phase.flow().forEach();
        if (forEach == null) {
            return Optional.of(List.of());
        }
        PhaseResult source = PhaseFlow.find(state.getResultsList(), forEach.phase());
        return source == null ? Optional.empty() : JsonSlices.elements(source.getOutput(), forEach.field());
    }
}
