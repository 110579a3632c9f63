package io.millrace.schemas.workflow;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes a workflow definition sound. */
final class WorkflowCheck {
    /** No call is held longer. */
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

    private WorkflowCheck() {}

    static void check(String type, int version, List<Phase> phases) {
        require(version > 0, type, "version", "must be 1 or more");
        require(!phases.isEmpty(), type, "phases", "must name at least one phase");
        Set<String> names = new HashSet<>();
        phases.forEach(phase -> names.add(phase.name()));
        Set<String> earlier = new HashSet<>();
        int mark = 0;
        for (Phase phase : phases) {
            String at = "phases." + phase.name();
            require(earlier.add(phase.name()), type, at + ".name", "is used twice");
            require(
                    !phase.name().equals(Workflow.INIT) && !phase.name().equals(Workflow.COMPLETED),
                    type,
                    at,
                    "is reserved");
            require(phase.mark() >= mark && phase.mark() < 100, type, at + ".mark", "must be from " + mark + " to 99");
            require(
                    !phase.timeout().isNegative() && !phase.timeout().isZero(),
                    type,
                    at + ".timeout",
                    "must be positive");
            require(phase.batch() >= 1 && phase.batch() <= 256, type, at + ".batch", "must be from 1 to 256");
            require(
                    phase.timeout().compareTo(MAX_TIMEOUT) <= 0,
                    type,
                    at + ".timeout",
                    "must be at most 60s: longer work is external");
            require(phase.retry().maxAttempts() > 0, type, at + ".retry.max_attempts", "must be 1 or more");
            for (String read : phase.reads()) {
                require(names.contains(read), type, at + ".reads", "names no phase: " + read);
            }
            Phase.Condition when = phase.when();
            require(when == null || earlier.contains(when.phase()), type, at + ".when", "must name an earlier phase");
            Phase.Repeat repeat = phase.repeat();
            require(repeat == null || earlier.containsAll(repeat.allowed()), type, at + ".repeat", "must go back");
            require(repeat == null || repeat.max() > 0, type, at + ".repeat.max", "must be 1 or more");
            mark = phase.mark();
        }
    }

    private static void require(boolean holds, String type, String field, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("workflow " + type + ": " + field + " " + rule);
        }
    }
}
