package io.millrace.inference.roadmap;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.flow.TaskLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Not a check: writes roadmaps for people to read. */
@EnabledIfSystemProperty(named = "roadmaps", matches = ".+", disabledReason = "set -Droadmaps=FILE to write them")
class ReadingTest {
    @Test
    void writesRoadmaps() throws Exception {
        StringBuilder text = new StringBuilder();
        for (String goal : List.of(
                "Learn Kafka in 4 weeks, 6 hours a week, focusing on consumer groups and tiered storage",
                "四周学会插花",
                "有一定基础，两个月内掌握前端开发，每周10小时，重点是性能优化和动画",
                "Advanced machine learning in 10 weeks, 8 hours per week",
                "Improve my English speaking in 90 days, half an hour a day",
                "Run a half marathon in 16 weeks, 4 hours a week",
                "Learn beekeeping in 6 weeks",
                "两个月学会养蜂，每周4小时",
                "零基础学 Python 编程，三个月，每天1小时",
                "Get better at portrait photography in 5 weeks",
                "如何用三周准备公司的年度演讲",
                "Understand the French Revolution in two weeks")) {
            TaskLine line = new TaskLine("roadmap", "{\"goal\": \"" + goal + "\"}").run();
            text.append("\n#### ").append(goal).append("\n").append(line.facts);
            text.append("\n")
                    .append(line.result("intent_analysis").path("title"))
                    .append(line.result("intent_analysis").path("assumptions"));
            for (JsonNode concept : line.result("validation").path("concepts")) {
                text.append("\n- ")
                        .append(concept.path("id").asText())
                        .append(" | ")
                        .append(concept.path("title").asText())
                        .append(" | ")
                        .append(concept.path("hours"))
                        .append(" h | ")
                        .append(concept.path("place"))
                        .append(concept.path("prerequisites"));
            }
            text.append("\n  left out ")
                    .append(line.result("validation").path("left_out"))
                    .append(" spare ")
                    .append(line.result("validation").path("spare_hours"));
            for (JsonNode lesson : line.items.subList(0, 2)) {
                text.append("\n  lesson ").append(lesson.toPrettyString());
            }
            text.append("\n  last ").append(line.items.get(line.items.size() - 1));
        }
        Files.writeString(Path.of(System.getProperty("roadmaps")), text);
    }
}
