package io.millrace.edge.sweep;

import io.millrace.schemas.artifact.ArtifactRef;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of blobs in a text: all that looks like one, as {@code sha256:HEX}, in an address or alone. */
final class Hashes {
    private static final Pattern HASH = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

    private Hashes() {}

    static void in(CharSequence text, Consumer<ArtifactRef> found) {
        Matcher matcher = HASH.matcher(text);
        while (matcher.find()) {
            found.accept(new ArtifactRef(matcher.group()));
        }
    }
}
