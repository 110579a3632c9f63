package io.millrace.inference.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.registry.Models;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions of this process. Their models load one after the other on one background thread, because factories may share a model
 * and a machine's cores; a function serves as soon as its own model is there.
 */
public final class FunctionRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionRegistry.class);

    private final Map<String, CompletableFuture<PhaseFunction>> functions = new LinkedHashMap<>();
    private final List<FunctionFactory> factories;

    /** @throws IllegalArgumentException when there is no factory, or two make the same function */
    public FunctionRegistry(List<FunctionFactory> factories) {
        if (factories.isEmpty()) {
            throw new IllegalArgumentException("no phase functions found: the class path must hold a provider file for "
                    + FunctionFactory.class.getName());
        }
        this.factories = List.copyOf(factories);
        for (FunctionFactory factory : factories) {
            if (functions.put(factory.name(), new CompletableFuture<>()) != null) {
                throw new IllegalArgumentException("two factories make the function " + factory.name());
            }
        }
    }

    /** Begins to load; returns at once. */
    public void loadAll(Models models) {
        Thread loader = new Thread(() -> factories.forEach(factory -> load(factory, models)), "inference-loader");
        loader.setDaemon(true);
        loader.start();
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(functions.keySet());
    }

    /**
     * Completes when the function is loaded, exceptionally with {@link FunctionUnavailable} when it cannot be.
     *
     * @throws IllegalArgumentException when there is no function of this name
     */
    public CompletableFuture<PhaseFunction> function(String name) {
        CompletableFuture<PhaseFunction> function = functions.get(name);
        if (function == null) {
            throw new IllegalArgumentException("no function " + name + "; there are " + functions.keySet());
        }
        return function.copy();
    }

    public List<FunctionState> states() {
        List<FunctionState> states = new ArrayList<>(functions.size());
        functions.forEach((name, function) -> states.add(state(name, function)));
        return states;
    }

    private static FunctionState state(String name, CompletableFuture<PhaseFunction> function) {
        if (!function.isDone()) {
            return new FunctionState(name, FunctionState.Status.LOADING, "its model is being loaded");
        }
        return function.handle((loaded, failure) -> failure == null
                        ? new FunctionState(name, FunctionState.Status.READY, loaded.version())
                        : new FunctionState(
                                name, FunctionState.Status.UNAVAILABLE, String.valueOf(failure.getMessage())))
                .join();
    }

    // A factory runs model code and native libraries: whatever it throws, linkage errors included, is this one
    // function's trouble.
    @SuppressWarnings("CatchThrowable")
    private void load(FunctionFactory factory, Models models) {
        CompletableFuture<PhaseFunction> function = functions.get(factory.name());
        if (function == null || function.isDone()) {
            return;
        }
        long began = System.nanoTime();
        try {
            PhaseFunction loaded = factory.load(models);
            if (!loaded.name().equals(factory.name())) {
                throw new IllegalStateException("its factory made the function " + loaded.name());
            }
            LOG.info(
                    "event=function-loaded function={} version={} ms={}",
                    loaded.name(),
                    loaded.version(),
                    (System.nanoTime() - began) / 1_000_000);
            function.complete(loaded);
        } catch (Throwable failure) {
            LOG.error("event=function-unavailable function={}", factory.name(), failure);
            function.completeExceptionally(new FunctionUnavailable(factory.name() + " cannot be used: "
                    + failure.getClass().getSimpleName() + ": " + failure.getMessage()));
        }
    }

    /** Closes what was loaded; a function still loading is left to the end of the process. */
    @Override
    public void close() {
        for (CompletableFuture<PhaseFunction> function : functions.values()) {
            function.completeExceptionally(new FunctionUnavailable("inference is shutting down"));
            if (!function.isCompletedExceptionally()) {
                function.join().close();
            }
        }
    }
}
