package io.millrace.inference.roadmap;

import java.util.List;

/**
 * What is wanted: the result of {@code intent_analysis}.
 *
 * @param goal as it was written
 * @param language {@code en} or {@code zh}, of all texts
 * @param title of the roadmap
 * @param topics what must be covered besides, as the goal or the parameters name it
 * @param assumptions what was not said and is taken for granted
 */
public record Goal(
        String goal,
        String language,
        String title,
        Match match,
        Level level,
        Pace pace,
        List<String> topics,
        List<String> assumptions) {
    public Goal {
        topics = List.copyOf(topics);
        assumptions = List.copyOf(assumptions);
    }

    /**
     * The subject map the goal was matched to.
     *
     * @param subject id of the map, {@link Knowledge#GENERAL} when there is none for it
     * @param name of the subject, or the topic in the goal's own words
     * @param by {@code keyword}, {@code meaning} or {@code none}
     * @param score likeness in meaning of goal and subject, -1 to 1
     * @param lead of the best score over the second best
     */
    public record Match(String subject, String name, String by, double score, double lead) {}

    /**
     * The time there is.
     *
     * @param weeks 1 to 104
     * @param hoursPerWeek 0.5 to 60
     * @param seed what varies between two roadmaps of the same goal
     */
    public record Pace(int weeks, double hoursPerWeek, long seed) {
        /** All plans count in half hours, so that sums are exact. */
        public int halfHoursPerWeek() {
            return (int) Math.max(1, Math.round(hoursPerWeek * 2));
        }

        public int halfHours() {
            return weeks * halfHoursPerWeek();
        }
    }

    public boolean chinese() {
        return language.equals("zh");
    }

    /** The text of this roadmap's language. */
    public String say(String english, String chineseText) {
        return chinese() ? chineseText : english;
    }
}
