package io.millrace.inference.roadmap.content;

import java.util.List;

/**
 * What to do for one concept: the result of one item of {@code content_generation}.
 *
 * @param source {@code subject_map} where the concept itself was written down, {@code general_method} where only the way of learning it was
 * @param objectives what one can do afterwards
 * @param outline in the order of study; the minutes add up to the hours
 * @param review days after the last session on which to recall it
 */
record Lesson(
        Concerning concept,
        String source,
        List<String> objectives,
        List<Section> outline,
        List<Exercise> exercises,
        List<String> searchTerms,
        List<Integer> review) {
    record Concerning(String id, String title, String stage, double hours) {}

    record Section(String title, String text, int minutes) {}

    /** @param kind {@code recall}, {@code practice} or {@code own} */
    record Exercise(String kind, String text) {}
}
