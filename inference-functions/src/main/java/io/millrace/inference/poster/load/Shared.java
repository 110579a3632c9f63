package io.millrace.inference.poster.load;

import io.millrace.inference.model.font.Typefaces;
import io.millrace.inference.poster.type.Typesetter;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the factories share: the typefaces, loaded once for all of them. */
final class Shared {
    private static @Nullable Typesetter typesetter;

    private Shared() {}

    /** @throws IOException when {@code MILLRACE_FONT_DIR} names a folder without the two files */
    static synchronized Typesetter typesetter() throws IOException {
        Typesetter loaded = typesetter;
        if (loaded == null) {
            String folder = System.getenv("MILLRACE_FONT_DIR");
            loaded = new Typesetter(Typefaces.load(folder == null || folder.isBlank() ? null : Path.of(folder)));
            typesetter = loaded;
        }
        return loaded;
    }
}
