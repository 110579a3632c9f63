package io.millrace.inference.roadmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.inference.flow.TaskLine;
import io.millrace.inference.function.PhaseFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole roadmaps: twenty goals in two languages, and what a roadmap must be whatever its goal. */
class RoadmapTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("[{}]|undefined|TODO|lorem", Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            Learn Kafka in 4 weeks; kafka; 4; 6; beginner
            四周学会插花; flowers; 4; 6; beginner
            I want to learn Python from scratch, 5 hours a week for 8 weeks; python; 8; 5; beginner
            零基础学 Python 编程，三个月，每天1小时; python; 13; 7; beginner
            Become a front-end developer in six months; frontend; 26; 6; beginner
            有一定基础，两个月内掌握前端开发，每周10小时; frontend; 9; 10; intermediate
            Learn SQL and data analysis, two hours every week, over 12 weeks; data; 12; 2; beginner
            想在一个月内学会数据分析; data; 4; 6; beginner
            Advanced machine learning in 10 weeks, 8 hours per week; ml; 10; 8; advanced
            我想系统学习机器学习，半年时间，每周8小时; ml; 26; 8; beginner
            Improve my English speaking in 90 days, half an hour a day; language; 13; 3.5; beginner
            两个月提高日语口语; language; 9; 6; beginner
            Play the guitar as a complete beginner, 20 minutes a day; guitar; 14; 2.33; beginner
            30天吉他入门; guitar; 4; 6; beginner
            Get better at portrait photography in 5 weeks; photography; 5; 6; beginner
            学摄影，会一点，六周; photography; 6; 6; intermediate
            Flower arranging for beginners in two weeks; flowers; 2; 6; beginner
            Run a half marathon in 16 weeks, 4 hours a week; running; 16; 4; beginner
            零基础三个月跑完半程马拉松; running; 13; 6; beginner
            Learn beekeeping in 6 weeks; general; 6; 6; beginner
            两个月学会养蜂，每周4小时; general; 9; 4; beginner
            Learn sourdough baking in a month; general; 4; 6; beginner
            """)
    void everyGoalBecomesARoadmapThatAddsUp(String goal, String subject, int weeks, double hours, String level)
            throws Exception {
        TaskLine line = roadmap("{\"goal\": \"" + goal + "\"}");

        JsonNode intent = line.result("intent_analysis");
        assertThat(intent.at("/match/subject").asText()).as("%s", intent).isEqualTo(subject);
        assertThat(intent.at("/pace/weeks").asInt()).isEqualTo(weeks);
        assertThat(intent.at("/pace/hours_per_week").asDouble())
                .isCloseTo(hours, org.assertj.core.data.Offset.offset(0.01));
        assertThat(intent.path("level").asText()).isEqualTo(level);
        assertThat(intent.path("language").asText()).isEqualTo(goal.matches(".*[\\u4e00-\\u9fff].*") ? "zh" : "en");
        addsUp(line.result("validation"), weeks, Math.max(1, Math.round(hours * 2)) / 2.0);
        assertThat(line.result("validation").path("findings")).isEmpty();
        everyLessonIsWhole(line);
    }

    @Test
    void theSameGoalAndSeedGiveTheSameRoadmapAndAnotherSeedOtherExercises() throws Exception {
        List<JsonNode> first = roadmap("{\"goal\": \"Learn Kafka\", \"seed\": 1}").items;
        List<JsonNode> again = roadmap("{\"goal\": \"Learn Kafka\", \"seed\": 1}").items;
        List<JsonNode> other = roadmap("{\"goal\": \"Learn Kafka\", \"seed\": 2}").items;

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void topicsThatAreAskedForAreCovered() throws Exception {
        TaskLine line = roadmap(
                "{\"goal\": \"Learn Kafka in 6 weeks, focusing on consumer groups and tiered storage\", \"topics\": [\"Kafka Connect\"]}");

        List<String> titles = titles(line.result("validation"));
        assertThat(line.result("intent_analysis").path("topics"))
                .extracting(JsonNode::asText)
                .containsExactly("Kafka Connect", "consumer groups", "tiered storage");
        assertThat(titles).contains("Kafka Connect", "Tiered storage").doesNotContain("consumer groups");
        JsonNode lesson = line.items.get(titles.indexOf("Kafka Connect"));
        assertThat(lesson.path("source").asText()).isEqualTo("general_method");
        assertThat(lesson.path("objectives").toString()).contains("Kafka Connect");
    }

    @Test
    void cyclesAndOtherFaultsOfAGivenPlanAreMendedAndTold() throws Exception {
        TaskLine line = roadmap("""
                {"goal": "Learn pottery in 3 weeks, 4 hours a week", "topics": ["raku firing"], "concepts": [
                  {"id": "a", "title": "Centring", "hours": 3, "prerequisites": ["c"]},
                  {"id": "b", "title": "Pulling walls", "hours": 0, "prerequisites": ["a", "kiln"]},
                  {"id": "c", "title": "Wedging clay", "hours": 2, "prerequisites": ["b"]},
                  {"id": "d", "title": "Glazing", "hours": 2, "prerequisites": ["b"]},
                  {"id": "d", "title": "Glazing again", "hours": 3}]}
                """);

        JsonNode plan = line.result("validation");
        assertThat(plan.path("findings"))
                .extracting(finding -> finding.path("check").asText())
                .containsExactly("ids", "prerequisites", "cycles", "hours", "coverage");
        assertThat(plan.path("findings"))
                .allMatch(finding -> finding.path("repaired").asBoolean());
        assertThat(plan.path("findings").get(2).path("message").asText())
                .contains("Centring")
                .contains("Wedging clay");
        assertThat(titles(plan)).contains("Raku firing").doesNotContain("Glazing again");
        assertThat(plan.path("valid").asBoolean()).isTrue();
        addsUp(plan, 3, 4);
    }

    @Test
    void whatStandsBeforeItsPrerequisiteIsPutBehindIt() throws Exception {
        TaskLine line = roadmap("""
                {"goal": "Learn pottery in 2 weeks, 4 hours a week", "concepts": [
                  {"title": "Glazing", "hours": 3, "prerequisites": ["Throwing"]}, {"title": "Throwing", "hours": 4}]}
                """);

        assertThat(titles(line.result("curriculum_design"))).containsExactly("Glazing", "Throwing");
        assertThat(titles(line.result("validation"))).containsExactly("Throwing", "Glazing");
        assertThat(line.result("validation").at("/findings/0/check").asText()).isEqualTo("order");
    }

    @Test
    void aPlanThatDoesNotFitIsAnErrorWithARemedy() throws Exception {
        TaskLine line = roadmap("""
                {"goal": "Learn pottery in 2 weeks, 4 hours a week", "concepts": [
                  {"title": "Throwing", "hours": 9}, {"title": "Glazing", "hours": 6, "prerequisites": ["Throwing"]}]}
                """);

        JsonNode plan = line.result("validation");
        assertThat(plan.path("valid").asBoolean()).isFalse();
        assertThat(plan.at("/findings/0/check").asText()).isEqualTo("load");
        assertThat(plan.at("/findings/0/message").asText())
                .isEqualTo("15.0 hours do not fit into 2 weeks of 4.0: study 7.5 hours a week, or take 4 weeks.");
        assertThat(line.lines)
                .contains("error " + plan.at("/findings/0/message").asText());
    }

    @Test
    void littleTimeLeavesOutAndSaysSoMuchTimeGoesIntoOwnWork() throws Exception {
        JsonNode little = roadmap("{\"goal\": \"Learn Kafka in one week, 5 hours a week\"}")
                .result("validation");
        JsonNode much = roadmap("{\"goal\": \"Learn Kafka in 20 weeks, 8 hours a week\"}")
                .result("validation");

        assertThat(little.path("left_out")).isNotEmpty();
        assertThat(little.at("/left_out/0/reason").asText()).isEqualTo("does not fit into 5 hours");
        addsUp(little, 1, 5);
        assertThat(titles(much)).contains("Your own work: Apache Kafka");
        assertThat(much.path("spare_hours").asDouble()).isPositive();
        assertThat(much.path("total_hours").asDouble()
                        + much.path("spare_hours").asDouble())
                .isEqualTo(160);
        addsUp(much, 20, 8);
    }

    @Test
    void whatIsNoGoalNamesTheField() {
        assertThatThrownBy(() -> roadmap("{}"))
                .isInstanceOf(PhaseFailure.class)
                .hasMessageStartingWith("goal is missing");
        assertThatThrownBy(() -> roadmap("{\"goal\": \"I want to learn\"}"))
                .hasMessageStartingWith("goal names nothing");
        assertThatThrownBy(() -> roadmap("{\"goal\": \"Learn Go\", \"level\": \"guru\"}"))
                .hasMessageStartingWith("level must be");
        assertThatThrownBy(() -> roadmap("{\"goal\": \"Learn Go\", \"hours_per_week\": 200}"))
                .hasMessageStartingWith("hours_per_week must be");
        assertThatThrownBy(() -> roadmap("{\"goal\": \"Learn Go\", \"topics\": [\"\"]}"))
                .hasMessageStartingWith("topics[0]");
        assertThatThrownBy(() -> roadmap("{\"goal\": \"Learn Go\", \"concepts\": [{\"hours\": 2}]}"))
                .hasMessageStartingWith("concepts[0].title");
    }

    @Test
    void aWordThatOnlySoundsLikeASubjectIsNotTakenForIt() throws Exception {
        for (String goal : List.of(
                "Learn Italian cooking",
                "Running a small business",
                "Learn the rules of cricket",
                "Understand the French Revolution in two weeks")) {
            JsonNode intent = roadmap("{\"goal\": \"" + goal + "\"}").result("intent_analysis");
            assertThat(intent.at("/match/subject").asText())
                    .as("%s: %s", goal, intent.path("match"))
                    .isEqualTo("general");
            assertThat(intent.path("assumptions").toString()).contains("no subject map");
        }
    }

    private static void addsUp(JsonNode plan, int weeks, double hours) {
        double all = 0;
        Map<String, Integer> order = new LinkedHashMap<>();
        for (JsonNode concept : plan.path("concepts")) {
            assertThat(concept.path("hours").asDouble()).isGreaterThanOrEqualTo(0.5);
            for (JsonNode needed : concept.path("prerequisites")) {
                assertThat(order).as("%s before %s", needed, concept).containsKey(needed.asText());
            }
            order.put(concept.path("id").asText(), order.size());
            all += concept.path("hours").asDouble();
        }
        assertThat(order).hasSize(plan.path("concepts").size());
        assertThat(all).isEqualTo(plan.path("total_hours").asDouble());
        assertThat(sum(plan.path("weeks"))).isEqualTo(all);
        assertThat(sum(plan.path("stages"))).isEqualTo(all);
        assertThat(plan.path("weeks").size()).isLessThanOrEqualTo(weeks);
        for (JsonNode week : plan.path("weeks")) {
            assertThat(week.path("hours").asDouble()).isBetween(0.5, hours);
            assertThat(week.path("concepts")).isNotEmpty();
        }
        List<String> staged = new ArrayList<>();
        plan.path("stages").forEach(stage -> stage.path("concepts").forEach(id -> staged.add(id.asText())));
        assertThat(staged).containsExactlyInAnyOrderElementsOf(order.keySet());
    }

    private static double sum(JsonNode parts) {
        double sum = 0;
        for (JsonNode part : parts) {
            sum += part.path("hours").asDouble();
        }
        return sum;
    }

    private static void everyLessonIsWhole(TaskLine line) throws Exception {
        JsonNode concepts = line.result("validation").path("concepts");
        assertThat(line.items).hasSize(concepts.size());
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < line.items.size(); i++) {
            JsonNode lesson = line.items.get(i);
            assertThat(lesson.path("concept_id")).isEqualTo(concepts.get(i).path("id"));
            assertThat(lesson.path("objectives")).hasSizeGreaterThanOrEqualTo(2);
            assertThat(lesson.path("exercises")).hasSizeGreaterThanOrEqualTo(2);
            assertThat(lesson.path("search_terms")).hasSizeBetween(3, 4);
            int minutes = 0;
            for (JsonNode section : lesson.path("outline")) {
                minutes += section.path("minutes").asInt();
            }
            assertThat(minutes).isEqualTo((int) (concepts.get(i).path("hours").asDouble() * 60));
            String text = new ObjectMapper().writeValueAsString(lesson.path("objectives"))
                    + lesson.path("exercises").findValuesAsText("text");
            assertThat(texts.add(text)).as("two lessons are the same: %s", text).isTrue();
            for (String value : texts(lesson)) {
                assertThat(value).isNotBlank().doesNotContainPattern(PLACEHOLDER);
            }
            assertThat(lesson.at("/model_info/generator").asText()).contains("no language model");
        }
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }

    private static List<String> titles(JsonNode plan) {
        List<String> titles = new ArrayList<>();
        plan.path("concepts")
                .forEach(concept -> titles.add(concept.path("title").asText()));
        return titles;
    }

    private static TaskLine roadmap(String params) throws Exception {
        return new TaskLine("roadmap", params).run();
    }
}
