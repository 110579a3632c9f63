package io.millrace.schemas.workflow;

import io.millrace.schemas.yaml.UnsoundDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What makes a workflow definition sound. Complaints name the field by its path. */
final class WorkflowCheck {
    /** No call is held longer. */
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration MAX_WAIT = Duration.ofSeconds(10);
    private static final Duration MAX_LEASE = Duration.ofHours(24);
    private static final int MAX_ITEMS = 1000;

    private final List<Phase> phases;
    private final Map<String, Integer> places = new HashMap<>();

    private WorkflowCheck(List<Phase> phases) {
        this.phases = phases;
    }

    static void check(int version, List<Phase> phases) {
        require(version > 0, "version", "must be 1 or more");
        require(!phases.isEmpty(), "phases", "must name at least one phase");
        WorkflowCheck check = new WorkflowCheck(phases);
        check.names();
        int mark = 0;
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            String at = "phases[" + i + "].";
            require(
                    phase.mark() >= mark && phase.mark() < 100,
                    at + "mark",
                    "is out of order: it must be from " + mark + " to 99");
            mark = phase.mark();
            call(phase, at);
            check.input(i, at);
            check.flow(i, at);
        }
    }

    private void names() {
        for (int i = 0; i < phases.size(); i++) {
            String name = phases.get(i).name();
            String at = "phases[" + i + "].name";
            require(!name.equals(Workflow.INIT) && !name.equals(Workflow.COMPLETED), at, name + " is reserved");
            require(places.put(name, i) == null, at, name + " is used twice");
        }
    }

    private static void call(Phase phase, String at) {
        require(positive(phase.timeout()), at + "timeout", "must be positive");
        require(
                phase.timeout().compareTo(MAX_TIMEOUT) <= 0,
                at + "timeout",
                "must be at most 60s: longer work is external");
        Phase.Batch batch = phase.batch();
        require(batch.maxItems() >= 1 && batch.maxItems() <= 256, at + "batch", "must be from 1 to 256");
        require(
                !batch.maxWait().isNegative() && batch.maxWait().compareTo(MAX_WAIT) <= 0,
                at + "max_wait",
                "must be from 0ms to 10s");
        require(phase.retry().maxAttempts() > 0, at + "retry.max_attempts", "must be 1 or more");
        require(positive(phase.retry().backoff()), at + "retry.backoff", "must be positive");
    }

    private void input(int index, String at) {
        for (String read : phases.get(index).input().reads()) {
            Integer place = places.get(read);
            if (place == null) {
                throw new UnsoundDefinition(at + "reads", "names no phase: " + read);
            }
            require(
                    place < index || comesBack(place, index),
                    at + "reads",
                    "makes a cycle: " + read + " does not run before, and nothing goes back from it");
        }
    }

    /** Whether a phase from the place on may go back to this one or one before it. */
    private boolean comesBack(int from, int index) {
        for (int i = from; i < phases.size(); i++) {
            Phase.Repeat repeat = phases.get(i).flow().repeat();
            if (repeat != null
                    && repeat.allowed().stream().anyMatch(target -> places.getOrDefault(target, index + 1) <= index)) {
                return true;
            }
        }
        return false;
    }

    private void flow(int index, String at) {
        Phase phase = phases.get(index);
        Phase.Flow flow = phase.flow();
        Phase.Condition when = flow.when();
        require(when == null || earlier(when.phase(), index), at + "when.phase", "must name an earlier phase");
        Phase.Repeat repeat = flow.repeat();
        if (repeat != null) {
            require(
                    !repeat.allowed().isEmpty() && repeat.allowed().stream().allMatch(name -> earlier(name, index)),
                    at + "repeat.allowed",
                    "must name earlier phases to go back to");
            require(repeat.max() > 0, at + "repeat.max", "must be 1 or more");
        }
        Phase.ForEach forEach = flow.forEach();
        if (forEach != null) {
            forEach(phase, forEach, index, at + "for_each");
        }
        Phase.External external = flow.external();
        require(external != null || phase.function() != null, at + "function", "is missing");
        require(
                external == null
                        || (positive(external.lease()) && external.lease().compareTo(MAX_LEASE) <= 0),
                at + "external.lease",
                "must be more than 0 and at most 24h");
    }

    private void forEach(Phase phase, Phase.ForEach forEach, int index, String at) {
        require(places.containsKey(forEach.phase()), at + ".phase", "names no phase: " + forEach.phase());
        require(
                earlier(forEach.phase(), index),
                at + ".phase",
                "makes a cycle: " + forEach.phase() + " does not run before");
        require(
                forEach.maxItems() >= 1 && forEach.maxItems() <= MAX_ITEMS,
                at + ".max_items",
                "must be from 1 to " + MAX_ITEMS);
        require(
                forEach.concurrency() >= 1 && forEach.concurrency() <= MAX_ITEMS,
                at + ".concurrency",
                "must be from 1 to " + MAX_ITEMS);
        require(phase.flow().external() == null, at, "excludes external: items are ended by their function");
        require(phase.flow().repeat() == null, at, "excludes repeat: its facts are counts");
    }

    private boolean earlier(String name, int index) {
        return places.getOrDefault(name, index) < index;
    }

    private static boolean positive(Duration value) {
        return !value.isNegative() && !value.isZero();
    }

    private static void require(boolean holds, String field, String rule) {
        if (!holds) {
            throw new UnsoundDefinition(field, rule);
        }
    }
}
