package io.millrace.inference.cover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.intent.IntentFunction;
import io.millrace.inference.poster.intent.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Phase {@code cover_intent}: title, subtitle and look of a cover as a poster's brief. */
public final class CoverIntentFunction implements PhaseFunction {
    private final IntentFunction poster;

    public CoverIntentFunction(IntentFunction poster) {
        this.poster = poster;
    }

    @Override
    public String name() {
        return "cover_intent";
    }

    @Override
    public String version() {
        return poster.version() + "/cover-1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        CoverParams params = CoverParams.read(input.params());
        PhaseOutput brief = poster.compute(new PhaseInput(params.poster(), Map.of(), input.round()), context);
        ObjectNode output = brief.output();
        // A cover is always about learning something; what the words mean otherwise decides nothing but the style.
        output.put("occasion", "education").put("topic", "default");
        output.set("texts", inReadingOrder(output.path("texts"), params));
        return new PhaseOutput(
                output,
                Map.of(
                        "style", brief.facts().getOrDefault("style", ""),
                        "style_from", brief.facts().getOrDefault("style_from", ""),
                        "language", brief.facts().getOrDefault("language", ""),
                        "size", brief.facts().getOrDefault("size", "")));
    }

    private static ArrayNode inReadingOrder(JsonNode texts, CoverParams params) {
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode text : texts) {
            if (text instanceof ObjectNode item) {
                String role = params.role(item.path("content").asText());
                items.add(role.isEmpty() ? item : item.put("role", role));
            }
        }
        items.sort(Comparator.comparing(
                item -> Role.valueOf(item.path("role").asText().toUpperCase(Locale.ROOT))));
        return Json.object().putArray("texts").addAll(items);
    }
}
