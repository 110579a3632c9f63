package io.millrace.inference.generate;

import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.model.pattern.PatternModel;
import io.millrace.inference.registry.Models;
import io.millrace.schemas.task.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The painters of this process by name; one that cannot be loaded fails only the tasks that name it. */
public final class Painters implements AutoCloseable {
    /** Name of the painter that ships. */
    public static final String PATTERN = "pattern";

    private static final Logger LOG = LoggerFactory.getLogger(Painters.class);

    private final Map<String, Painter> ready = new LinkedHashMap<>();
    private final Map<String, String> broken = new LinkedHashMap<>();

    Painters(Map<String, Painter> ready, Map<String, String> broken) {
        this.ready.putAll(ready);
        this.broken.putAll(broken);
    }

    public static Painter pattern(PatternModel model) {
        return new PatternPainter(model);
    }

    /** Loads all that the service loader finds. */
    // A factory runs other people's code and native libraries: whatever it throws is this one painter's trouble.
    @SuppressWarnings("CatchThrowable")
    public static Painters load(Models models) {
        Map<String, Painter> ready = new LinkedHashMap<>();
        Map<String, String> broken = new LinkedHashMap<>();
        for (PainterFactory factory : ServiceLoader.load(PainterFactory.class)) {
            try {
                ready.put(factory.name(), factory.load(models));
            } catch (Throwable failure) {
                LOG.error("event=painter-unavailable painter={}", factory.name(), failure);
                broken.put(factory.name(), failure.getClass().getSimpleName() + ": " + failure.getMessage());
            }
        }
        return new Painters(ready, broken);
    }

    /** @throws PhaseFailure BAD_INPUT when there is none of this name, UNAVAILABLE when it could not be loaded */
    Painter named(String name) throws PhaseFailure {
        Painter painter = ready.get(name);
        if (painter != null) {
            return painter;
        }
        String reason = broken.get(name);
        if (reason != null) {
            throw new PhaseFailure(ErrorCode.UNAVAILABLE, "model " + name + " could not be loaded: " + reason);
        }
        throw PhaseFailure.badInput(
                "model", "names no model of this installation; there are " + new TreeSet<>(ready.keySet()));
    }

    /** Of all that are ready: a change of one is a change of the function. */
    String version() {
        StringBuilder version = new StringBuilder("generate/1");
        ready.forEach((name, painter) -> version.append('+').append(painter.version()));
        return version.toString();
    }

    @Override
    public void close() {
        ready.values().forEach(Painter::close);
    }
}
