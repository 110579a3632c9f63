package io.millrace.inference.poster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Posters of {@code quality-posters.json}, every second one spoiled on purpose: whether the overall score tells them apart, and what
 * refining does to it. With {@code -Dquality.posters=FOLDER} their pictures are left there.
 */
final class QualityScoreTest {
    /** Under this a score has failed, see {@code Quality}. */
    private static final double GOOD = 0.9;

    /**
     * @param fault empty for a good one
     * @param before overall score as it was assessed
     * @param after overall score of the poster that the workflow ends with
     * @param scores all of them, before
     */
    private record Scored(String prompt, String fault, double before, double after, JsonNode scores) {
        boolean spoiled() {
            return !fault.isEmpty();
        }

        boolean mistaken() {
            return spoiled() == (before >= GOOD)
                    || spoiled() == scores.path("passed").asBoolean();
        }

        @Override
        public String toString() {
            return "%.3f -> %.3f %-8s %s %s".formatted(before, after, spoiled() ? fault : "good", prompt, scores);
        }
    }

    @Test
    void aSliceOfThemIsToldApart() throws Exception {
        check(scored(10), 0);
    }

    @Test
    @Tag("nightly")
    void goodAndSpoiledPostersAreToldApart() throws Exception {
        check(scored(40), 2);
    }

    private static void check(List<Scored> posters, long mistakes) {
        StringBuilder table = new StringBuilder();
        posters.forEach(poster -> table.append(poster).append('\n'));
        System.out.println(table);
        assertThat(posters.stream().filter(Scored::spoiled)).hasSize(posters.size() / 2);
        assertThat(posters.stream().filter(Scored::mistaken).count())
                .as("mistakes in%n%s", table)
                .isLessThanOrEqualTo(mistakes);
        for (Scored poster : posters) {
            if (poster.spoiled()) {
                assertThat(poster.after()).as("%s", poster).isGreaterThan(poster.before());
            } else {
                assertThat(poster.after()).as("%s", poster).isGreaterThanOrEqualTo(poster.before());
            }
        }
    }

    private static List<Scored> scored(int count) throws Exception {
        JsonNode posters =
                new ObjectMapper().readTree(QualityScoreTest.class.getResourceAsStream("/quality-posters.json"));
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            scored.add(score(posters.get(i), i));
        }
        return scored;
    }

    private static Scored score(JsonNode poster, int number) throws Exception {
        ObjectNode params = ((ObjectNode) poster).deepCopy();
        String fault = params.path("fault").asText("");
        params.put("seed", number);
        params.remove("fault");
        PosterLine line = new PosterLine(params).look();
        if (!fault.isEmpty()) {
            new Spoiler(line, number).spoil(fault);
        }
        JsonNode before = line.assess().result(Phases.QUALITY);
        save(line, number + "-" + fault);
        JsonNode after = line.refine().result(Phases.QUALITY);
        save(line, number + "-" + fault + "-end");
        return new Scored(
                params.path("prompt").asText(),
                fault,
                before.path("overall").asDouble(),
                after.path("overall").asDouble(),
                before);
    }

    private static void save(PosterLine line, String name) throws Exception {
        String folder = System.getProperty("quality.posters", "");
        if (!folder.isEmpty()) {
            Files.write(Files.createDirectories(Path.of(folder)).resolve(name + ".png"), line.poster());
        }
    }
}
