package io.millrace.inference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseCall;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutcome;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.registry.Models;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A function that does what its test says, and counts how often the model was asked. */
final class TestFunction implements PhaseFunction {
    /** What it does with one item. */
    interface Behaviour {
        PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure;
    }

    /** Answers with the text parameter "say". */
    static final Behaviour ECHO =
            (input, context) -> said(input.params().path("say").asText());

    final AtomicInteger calls = new AtomicInteger();
    private final String name;
    private final String version;
    private final Behaviour behaviour;
    private int batchSize = 1;
    private Function<List<PhaseCall>, List<PhaseOutcome>> together = PhaseFunction.super::computeBatch;

    TestFunction(String name, Behaviour behaviour) {
        this(name, "1", behaviour);
    }

    TestFunction(String name, String version, Behaviour behaviour) {
        this.name = name;
        this.version = version;
        this.behaviour = behaviour;
    }

    static PhaseOutput said(String text) {
        return new PhaseOutput(JsonNodeFactory.instance.objectNode().put("said", text), Map.of("said", "yes"));
    }

    TestFunction inBatchesOf(int size, Function<List<PhaseCall>, List<PhaseOutcome>> all) {
        batchSize = size;
        together = all;
        return this;
    }

    FunctionFactory factory() {
        return factory(name, models -> this);
    }

    /** Loads one function. */
    interface Loading {
        PhaseFunction load(Models models) throws Exception;
    }

    static FunctionFactory factory(String name, Loading loading) {
        return new FunctionFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public PhaseFunction load(Models models) throws Exception {
                return loading.load(models);
            }
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        calls.incrementAndGet();
        return behaviour.compute(input, context);
    }

    @Override
    public List<PhaseOutcome> computeBatch(List<PhaseCall> batch) {
        return together.apply(batch);
    }
}
