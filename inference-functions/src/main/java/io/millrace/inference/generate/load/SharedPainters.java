package io.millrace.inference.generate.load;

import io.millrace.inference.generate.Painters;
import io.millrace.inference.registry.Models;
import org.jspecify.annotations.Nullable;

/** The painters that plan and painting have in common, loaded for the first of them. */
final class SharedPainters {
    private static @Nullable Painters painters;

    private SharedPainters() {}

    static synchronized Painters get(Models models) {
        Painters loaded = painters;
        if (loaded == null) {
            loaded = Painters.load(models);
            painters = loaded;
        }
        return loaded;
    }
}
