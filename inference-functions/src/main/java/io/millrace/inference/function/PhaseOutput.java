package io.millrace.inference.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What a phase made.
 *
 * @param output one JSON object of at most 256 KiB; pictures are artifact references {@code sha256:HEX}
 * @param facts short strings the workflow may decide on and people are shown, at most 32 of at most 200 characters
 */
public record PhaseOutput(ObjectNode output, Map<String, String> facts) {
    public PhaseOutput {
        facts = Map.copyOf(facts);
    }
}
