package io.millrace.analytics.minute;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.AggregateFunction;

/** Adds facts to the counters of their minute. */
public final class CountFacts implements AggregateFunction<TaskFact, Map<String, Long>, Map<String, Long>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Map<String, Long> createAccumulator() {
        return new HashMap<>();
    }

    @Override
    public Map<String, Long> add(TaskFact fact, Map<String, Long> tally) {
        Tally.add(tally, fact);
        return tally;
    }

    @Override
    public Map<String, Long> getResult(Map<String, Long> tally) {
        return tally;
    }

    @Override
    public Map<String, Long> merge(Map<String, Long> left, Map<String, Long> right) {
        return Tally.merge(left, right);
    }
}
