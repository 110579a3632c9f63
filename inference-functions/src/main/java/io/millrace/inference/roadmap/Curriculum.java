package io.millrace.inference.roadmap;

import java.util.List;

/**
 * The plan: the result of {@code curriculum_design} and, mended, of {@code validation}.
 *
 * @param concepts in the order of study
 * @param weeks what each week holds
 * @param totalHours sum of the concepts' hours
 * @param spareHours time that was offered and has no use here
 */
public record Curriculum(
        String title,
        String language,
        List<Stage> stages,
        List<Concept> concepts,
        List<Week> weeks,
        double totalHours,
        double spareHours,
        List<LeftOut> leftOut) {
    public Curriculum {
        stages = List.copyOf(stages);
        concepts = List.copyOf(concepts);
        weeks = List.copyOf(weeks);
        leftOut = List.copyOf(leftOut);
    }

    /** Concepts of one kind that follow each other. */
    public record Stage(String id, String title, double hours, List<String> concepts) {
        public Stage {
            concepts = List.copyOf(concepts);
        }
    }

    /**
     * @param number from 1
     * @param concepts ids of those worked on
     */
    public record Week(int number, double hours, List<String> concepts) {
        public Week {
            concepts = List.copyOf(concepts);
        }
    }

    /** A concept that belongs to the subject and is not in the plan. */
    public record LeftOut(String id, String title, String reason) {}
}
