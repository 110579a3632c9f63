package io.millrace.inference.roadmap.curriculum;

import io.millrace.inference.roadmap.Concept;
import io.millrace.inference.roadmap.Curriculum;
import io.millrace.inference.roadmap.Curriculum.LeftOut;
import io.millrace.inference.roadmap.Curriculum.Stage;
import io.millrace.inference.roadmap.Curriculum.Week;
import io.millrace.inference.roadmap.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts concepts into weeks, one after the other: a week is filled before the next begins, a concept may span weeks. */
public final class Calendar {
    private Calendar() {}

    /**
     * The plan for these concepts. It may need more weeks than the goal has; {@code validation} says so.
     *
     * @param leftOut what was not taken in
     */
    public static Curriculum plan(Goal goal, List<Concept> concepts, List<LeftOut> leftOut) {
        return asGiven(goal, Order.of(concepts).all(), leftOut);
    }

    /** The same without putting anything behind what it needs. */
    static Curriculum asGiven(Goal goal, List<Concept> concepts, List<LeftOut> leftOut) {
        int perWeek = goal.pace().halfHoursPerWeek();
        List<Concept> placed = new ArrayList<>();
        Map<Integer, List<String>> held = new LinkedHashMap<>();
        int begin = 0;
        for (Concept concept : concepts) {
            int end = begin + concept.halfHours();
            int from = begin / perWeek + 1;
            int to = Math.max(from, (end - 1) / perWeek + 1);
            for (int week = from; week <= to; week++) {
                held.computeIfAbsent(week, number -> new ArrayList<>()).add(concept.id());
            }
            placed.add(concept.withPlace(
                    new Concept.Place(stageTitle(goal, concept.level()), placed.size() + 1, from, to)));
            begin = end;
        }
        int total = begin;
        List<Week> weeks = new ArrayList<>();
        held.forEach((number, ids) ->
                weeks.add(new Week(number, Math.min(perWeek, total - (number - 1) * perWeek) / 2.0, ids)));
        double spare = Math.max(0, goal.pace().halfHours() - total) / 2.0;
        return new Curriculum(
                goal.title(), goal.language(), stages(placed), placed, weeks, total / 2.0, spare, leftOut);
    }

    private static List<Stage> stages(List<Concept> placed) {
        Map<String, List<Concept>> byStage = new LinkedHashMap<>();
        for (Concept concept : placed) {
            Concept.Place place = concept.place();
            byStage.computeIfAbsent(place == null ? "" : place.stage(), title -> new ArrayList<>())
                    .add(concept);
        }
        List<Stage> stages = new ArrayList<>();
        byStage.forEach((title, concepts) -> stages.add(new Stage(
                "s" + (stages.size() + 1),
                title,
                concepts.stream().mapToInt(Concept::halfHours).sum() / 2.0,
                concepts.stream().map(Concept::id).toList())));
        return stages;
    }

    private static String stageTitle(Goal goal, int level) {
        return switch (level) {
            case 1 -> goal.say("Foundations", "打基础");
            case 2 -> goal.say("Building skill", "练本领");
            case 3 -> goal.say("Going further", "求深入");
            default -> goal.say("Your own work", "做实践");
        };
    }
}
