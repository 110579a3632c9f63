package io.millrace.inference.poster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.inference.data.Json;
import io.millrace.inference.poster.colour.Oklch;
import io.millrace.inference.poster.colour.Rgb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sixty prompts with what a person reads from them; twenty were held out and written before anything was tuned. */
final class PromptSetTest {
    @Test
    void whatAPromptSaysIsUnderstoodOnPromptsNobodyTunedTo() throws Exception {
        int[] right = new int[2];
        int[] all = new int[2];
        StringBuilder wrong = new StringBuilder();
        for (JsonNode sample :
                new ObjectMapper().readTree(PromptSetTest.class.getResourceAsStream("/intent-prompts.json"))) {
            PosterLine line = new PosterLine(
                    Json.object().put("prompt", sample.path("prompt").asText()));
            line.run(Phases.INTENT, "intent");
            List<String> misses = misses(line, sample.path("expect"));
            int half = sample.path("held_out").asBoolean() ? 1 : 0;
            all[half]++;
            right[half] += misses.isEmpty() ? 1 : 0;
            if (!misses.isEmpty()) {
                wrong.append(half == 1 ? "HELD OUT " : "")
                        .append(sample.path("prompt").asText())
                        .append(" -> ")
                        .append(misses)
                        .append('\n');
            }
        }
        System.out.println(
                "prompts tuned=" + right[0] + "/" + all[0] + " held_out=" + right[1] + "/" + all[1] + "\n" + wrong);
        assertThat(right[0]).as(wrong.toString()).isGreaterThanOrEqualTo(36);
        assertThat(right[1]).as(wrong.toString()).isGreaterThanOrEqualTo(18);
    }

    private static List<String> misses(PosterLine line, JsonNode expect) {
        JsonNode brief = line.result(Phases.INTENT);
        List<String> misses = new ArrayList<>();
        for (String field : new String[] {"occasion", "style"}) {
            if (expect.has(field) && !brief.path(field).equals(expect.path(field))) {
                misses.add(field + "=" + brief.path(field).asText());
            }
        }
        for (String field : new String[] {"tone", "audience"}) {
            if (expect.has(field) && !brief.path("mood").path(field).equals(expect.path(field))) {
                misses.add(field + "=" + brief.path("mood").path(field).asText());
            }
        }
        if (expect.has("aspect")) {
            double aspect = brief.path("canvas").path("width").asDouble()
                    / brief.path("canvas").path("height").asDouble();
            if (Math.abs(aspect / expect.path("aspect").asDouble() - 1) > 0.02) {
                misses.add("aspect=" + aspect);
            }
        }
        Map<String, String> roles = Map.of("prices", "feature", "dates", "date", "contacts", "footer", "quoted", "");
        roles.forEach((field, role) -> expect.path(field).forEach(wanted -> {
            boolean there = brief.path("texts").findParents("content").stream()
                    .anyMatch(text -> text.path("content").asText().contains(wanted.asText())
                            && (role.isEmpty() || text.path("role").asText().equals(role)));
            if (!there) {
                misses.add(field + " without " + wanted.asText());
            }
        }));
        List<String> families = new ArrayList<>();
        brief.path("colors").forEach(colour -> families.add(family(Rgb.of(colour.asText()))));
        expect.path("colors").forEach(wanted -> {
            if (!families.contains(wanted.asText())
                    || !line.fact(Phases.INTENT, "colors_from").equals("prompt")) {
                misses.add("colours " + families + " without " + wanted.asText());
            }
        });
        return misses;
    }

    /** The word people would use. Beige, cream and gold are yellows. */
    private static String family(Rgb rgb) {
        Oklch colour = Oklch.of(rgb);
        double hue = colour.hue();
        if (colour.chroma() < 0.018) {
            return "neutral";
        }
        if (hue > 30 && hue < 75 && colour.lightness() < 0.52) {
            return "brown";
        }
        if ((hue < 22 || hue > 340) && colour.lightness() > 0.72) {
            return "pink";
        }
        if (hue < 35 || hue > 340) {
            return "red";
        }
        if (hue < 70) {
            return "orange";
        }
        if (hue < 115) {
            return "yellow";
        }
        if (hue < 170) {
            return "green";
        }
        if (hue < 222) {
            return "teal";
        }
        return hue < 281 ? "blue" : "purple";
    }
}
