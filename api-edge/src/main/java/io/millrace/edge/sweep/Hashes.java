package io.millrace.edge.sweep;

import io.millrace.schemas.artifact.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Finds the names of blobs in a text of any length: all that looks like one, as {@code sha256:HEX}, in an address or alone. */
final class Hashes {
    private static final int CHUNK = 64 * 1024;
    private static final int DIGITS = 64;

    private final Consumer<ArtifactRef> found;
    private final StringBuilder run = new StringBuilder(DIGITS + 1);

    private Hashes(Consumer<ArtifactRef> found) {
        this.found = found;
    }

    static void in(CharSequence text, Consumer<ArtifactRef> found) {
        Hashes hashes = new Hashes(found);
        for (int i = 0; i < text.length(); i++) {
            hashes.next(text.charAt(i));
        }
        hashes.runEnds();
    }

    static void in(InputStream text, Consumer<ArtifactRef> found) throws IOException {
        Hashes hashes = new Hashes(found);
        byte[] chunk = new byte[CHUNK];
        for (int read = text.read(chunk); read >= 0; read = text.read(chunk)) {
            for (int i = 0; i < read; i++) {
                hashes.next((char) (chunk[i] & 0xff));
            }
        }
        hashes.runEnds();
    }

    private void next(char character) {
        if (!(character >= '0' && character <= '9' || character >= 'a' && character <= 'f')) {
            runEnds();
        } else if (run.length() <= DIGITS) {
            run.append(character);
        }
    }

    private void runEnds() {
        if (run.length() == DIGITS) {
            found.accept(new ArtifactRef(run.toString()));
        }
        run.setLength(0);
    }
}
