package io.millrace.inference.flow;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** The functions that the service loader finds, each loaded once for all tests. */
public final class Functions {
    private static final Map<String, PhaseFunction> LOADED = new HashMap<>();

    private Functions() {}

    public static synchronized PhaseFunction function(String name) throws Exception {
        PhaseFunction function = LOADED.get(name);
        if (function != null) {
            return function;
        }
        Path models = Path.of("target", "models").toAbsolutePath();
        for (FunctionFactory factory : ServiceLoader.load(FunctionFactory.class)) {
            if (factory.name().equals(name)) {
                function = factory.load(models);
                LOADED.put(name, function);
                return function;
            }
        }
        throw new IllegalStateException("no factory for " + name);
    }
}
