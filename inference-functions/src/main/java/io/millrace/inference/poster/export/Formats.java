package io.millrace.inference.poster.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseFailure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which files a poster is wanted in beside the PNG. */
public final class Formats {
    /** What is made when nothing is said: a PSD is some ten times as large as the others together. */
    static final List<String> USUAL = List.of("jpeg", "svg");

    private static final List<String> ALL = List.of("png", "jpeg", "svg", "psd");

    private Formats() {}

    /**
     * @param formats a list of names, any case
     * @throws PhaseFailure naming an unknown one
     */
    public static Set<String> read(JsonNode formats) throws PhaseFailure {
        if (formats.isMissingNode() || formats.isNull() || formats.isEmpty()) {
            return new LinkedHashSet<>(USUAL);
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (JsonNode node : formats) {
            String name = node.asText().toLowerCase(Locale.ROOT).replace("jpg", "jpeg");
            if (!ALL.contains(name)) {
                throw PhaseFailure.badInput("formats", "must name some of " + String.join(", ", ALL));
            }
            wanted.add(name);
        }
        return wanted;
    }
}
