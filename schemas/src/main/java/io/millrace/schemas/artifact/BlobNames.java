package io.millrace.schemas.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Finds the names of blobs in a text of any length: all that looks like one, as {@code sha256:HEX}, in an address or alone. */
public final class BlobNames {
    private static final int CHUNK = 64 * 1024;
    private static final int DIGITS = 64;
    private static final String DOCUMENT_BEGINS = "{[<";

    private final Consumer<ArtifactRef> found;
    private final StringBuilder run = new StringBuilder(DIGITS + 1);

    private BlobNames(Consumer<ArtifactRef> found) {
        this.found = found;
    }

    public static void in(CharSequence text, Consumer<ArtifactRef> found) {
        BlobNames names = new BlobNames(found);
        for (int i = 0; i < text.length(); i++) {
            names.next(text.charAt(i));
        }
        names.runEnds();
    }

    /** Names in a blob, if it begins as JSON or markup do; in others what looks like one would be chance. */
    public static void in(InputStream blob, Consumer<ArtifactRef> found) throws IOException {
        int first = blob.read();
        if (first >= 0 && DOCUMENT_BEGINS.indexOf(first) >= 0) {
            inText(blob, found);
        }
    }

    private static void inText(InputStream text, Consumer<ArtifactRef> found) throws IOException {
        BlobNames names = new BlobNames(found);
        byte[] chunk = new byte[CHUNK];
        for (int read = text.read(chunk); read >= 0; read = text.read(chunk)) {
            for (int i = 0; i < read; i++) {
                names.next((char) (chunk[i] & 0xff));
            }
        }
        names.runEnds();
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
