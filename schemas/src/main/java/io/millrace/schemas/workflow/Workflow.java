package io.millrace.schemas.workflow;

import io.millrace.schemas.yaml.UnsoundDefinition;
import java.util.List;
import java.util.OptionalInt;

/**
 * The phases a task of one type goes through.
 *
 * @param type canonical name of the task type
 * @param aliases other names under which the type may be submitted
 * @param version grows with every change; a task keeps the version it began with
 * @param lane the lane that bounds how many tasks of this type run at once
 * @param phases in order, at least one, marks not decreasing
 */
public record Workflow(String type, List<String> aliases, int version, String lane, List<Phase> phases) {
    /** The phase that stands before the first. */
    public static final String INIT = "init";
    /** The phase that stands after the last. */
    public static final String COMPLETED = "completed";

    /** @throws UnsoundDefinition naming the field */
    public Workflow {
        aliases = List.copyOf(aliases);
        phases = List.copyOf(phases);
        WorkflowCheck.check(version, phases);
    }

    public Phase phase(int index) {
        return phases.get(index);
    }

    /** Place of the phase with this name, from 0. */
    public OptionalInt indexOf(String phaseName) {
        for (int i = 0; i < phases.size(); i++) {
            if (phases.get(i).name().equals(phaseName)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The bar where the phase after this one begins; 100 after the last. */
    public int markAfter(int index) {
        return index + 1 < phases.size() ? phases.get(index + 1).mark() : 100;
    }
}
