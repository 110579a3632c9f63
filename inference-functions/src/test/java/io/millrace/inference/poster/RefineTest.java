package io.millrace.inference.poster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a poster whose rounds of refining differ in quality. */
class RefineTest {
    @Test
    void aWorseRoundDoesNotCostTheBetterOne() throws Exception {
        PosterLine line = line();
        new Spoiler(line, 3).spoil("overlap");
        double first = overall(line.assess());
        String better = line.result(Phases.TEXT).path("artifact").asText();
        line.run(Phases.REFINE, "refine");
        // The next round is a worse one, and so is the one after it.
        new Spoiler(line, 4).spoil("contrast");
        new Spoiler(line, 5).spoil("clutter");
        double second = overall(line.assess());
        line.run(Phases.REFINE, "refine");
        double third = overall(line.assess());

        JsonNode result = line.run("finalizing", "finalize").output();

        assertThat(second).isLessThan(first);
        assertThat(third).isEqualTo(second);
        assertThat(result.at("/quality_scores/overall").asDouble()).isEqualTo(first);
        assertThat(result.at("/images/0/url").asText()).isEqualTo(better);
    }

    @Test
    void theLastRoundIsTakenWhenItIsTheBest() throws Exception {
        PosterLine line = line();
        Map<String, JsonNode> good = Map.copyOf(line.assess().results);
        new Spoiler(line, 3).spoil("overlap");
        double first = overall(line.assess());
        line.run(Phases.REFINE, "refine");
        good.forEach(line.results::put);
        double second = overall(line.assess());

        JsonNode result = line.run("finalizing", "finalize").output();

        assertThat(second).isGreaterThan(first);
        assertThat(result.at("/quality_scores/overall").asDouble()).isEqualTo(second);
    }

    private static double overall(PosterLine line) {
        return line.result(Phases.QUALITY).path("overall").asDouble();
    }

    private static PosterLine line() throws Exception {
        ObjectNode params = Json.object().put("prompt", "音乐节海报").put("seed", 4);
        params.putObject("size").put("width", 540).put("height", 960);
        return new PosterLine(params).look();
    }
}
