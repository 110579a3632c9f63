package io.millrace.inference.roadmap.content;

import io.millrace.inference.roadmap.Concept;
import io.millrace.inference.roadmap.Goal;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.Knowledge.Entry;
import io.millrace.inference.roadmap.Knowledge.Text;
import io.millrace.inference.roadmap.content.Lesson.Exercise;
import io.millrace.inference.roadmap.content.Lesson.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes the lesson of one concept from its entry in a subject map, or from the general way of learning. */
final class LessonWriter {
    private static final List<Integer> REVIEW = List.of(1, 3, 7, 21);
    private static final double PRACTICE = 0.4;
    /** Of own work, and of what takes so long that it is practised more than thought about. */
    private static final double MOSTLY_PRACTICE = 0.8;

    private static final int LONG = 20;

    private final Goal goal;
    private final Concept concept;
    private final boolean known;
    private final Text text;
    private final Random random;

    LessonWriter(Goal goal, Concept concept, Knowledge knowledge) {
        this.goal = goal;
        this.concept = concept;
        Entry entry = knowledge.subject(concept.subject()).concept(concept.id()).orElse(null);
        this.known = entry != null && concept.origin() == Concept.Origin.MAP;
        boolean alone = entry == null;
        Entry used = entry == null ? knowledge.topic() : entry;
        this.text = used.text(goal).about(alone ? concept.title() : goal.match().name());
        this.random = new Random(goal.pace().seed() * 31 + concept.id().hashCode());
    }

    Lesson write() {
        Concept.Place place = concept.place();
        return new Lesson(
                new Lesson.Concerning(
                        concept.id(), concept.title(), place == null ? "" : place.stage(), concept.hours()),
                known ? "subject_map" : "general_method",
                objectives(),
                outline(),
                exercises(),
                searchTerms(),
                REVIEW);
    }

    private List<String> objectives() {
        List<String> objectives = new ArrayList<>();
        for (String can : text.can()) {
            objectives.add(goal.chinese() ? can : sentence(can));
        }
        return objectives;
    }

    private List<Section> outline() {
        int minutes = concept.halfHours() * 30;
        int practice = (int) (Math.round(minutes * (concept.halfHours() > LONG ? MOSTLY_PRACTICE : PRACTICE) / 5) * 5);
        int each = (minutes - practice) / text.points().size() / 5 * 5;
        List<Section> outline = new ArrayList<>();
        for (int i = 0; i < text.points().size(); i++) {
            outline.add(new Section(
                    goal.say("Idea " + (i + 1), "要点 " + (i + 1)), text.points().get(i), each));
        }
        outline.add(new Section(
                goal.say("Practice", "练习"),
                text.practice().get(0),
                minutes - each * text.points().size()));
        return outline;
    }

    /** Recall of one idea, chosen by the seed, then the practice of the map. */
    private List<Exercise> exercises() {
        List<Exercise> exercises = new ArrayList<>();
        String point = text.points().get(random.nextInt(text.points().size()));
        exercises.add(new Exercise(
                "recall",
                goal.say(
                        "Close everything and explain to a beginner, with an example of your own: \"" + point + "\"",
                        "合上资料，用自己的例子向初学者解释：「" + point + "」")));
        for (String practice : text.practice()) {
            exercises.add(new Exercise("practice", practice));
        }
        return exercises;
    }

    private List<String> searchTerms() {
        if (!text.searches().isEmpty()) {
            return text.searches();
        }
        String name = goal.match().name();
        String title = concept.title();
        String lead = title.contains(name) ? title : name + " " + title;
        List<String> endings = goal.chinese()
                ? new ArrayList<>(List.of("教程", "示例", "常见错误", "练习"))
                : new ArrayList<>(List.of("tutorial", "worked example", "common mistakes", "exercises"));
        String plain = lead.replaceAll("[,:：，、]", " ").replaceAll("\\s+", " ").strip();
        List<String> terms = new ArrayList<>();
        terms.add(plain);
        while (terms.size() < 4) {
            terms.add(plain + " " + endings.remove(random.nextInt(endings.size())));
        }
        return terms;
    }

    private static String sentence(String can) {
        return Character.toUpperCase(can.charAt(0)) + can.substring(1) + ".";
    }
}
