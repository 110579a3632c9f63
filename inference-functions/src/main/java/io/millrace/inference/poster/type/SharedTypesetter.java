package io.millrace.inference.poster.type;

import io.millrace.inference.model.font.Typefaces;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The typefaces, loaded once for all functions that set text. */
public final class SharedTypesetter {
    private static @Nullable Typesetter shared;

    private SharedTypesetter() {}

    /** @throws IOException when {@code MILLRACE_FONT_DIR} names a folder without the two files */
    public static synchronized Typesetter get() throws IOException {
        Typesetter loaded = shared;
        if (loaded == null) {
            String folder = System.getenv("MILLRACE_FONT_DIR");
            loaded = new Typesetter(Typefaces.load(folder == null || folder.isBlank() ? null : Path.of(folder)));
            shared = loaded;
        }
        return loaded;
    }
}
