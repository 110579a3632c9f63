package io.millrace.inference.flow;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.registry.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The functions that the service loader finds, each loaded once for all tests. */
public final class Functions {
    private static final Map<String, PhaseFunction> LOADED = new HashMap<>();

    private static @Nullable Models models;

    private Functions() {}

    /** Kept in the build's folder, so that a run finds what the one before unpacked. */
    public static synchronized Models models() throws IOException {
        Models opened = models;
        if (opened == null) {
            opened = Models.open(Path.of("target", "models").toAbsolutePath(), "cpu");
            models = opened;
        }
        return opened;
    }

    public static synchronized PhaseFunction function(String name) throws Exception {
        PhaseFunction function = LOADED.get(name);
        if (function != null) {
            return function;
        }
        for (FunctionFactory factory : ServiceLoader.load(FunctionFactory.class)) {
            if (factory.name().equals(name)) {
                function = factory.load(models());
                LOADED.put(name, function);
                return function;
            }
        }
        throw new IllegalStateException("no factory for " + name);
    }
}
