package io.millrace.inference.roadmap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to learn; also the element that {@code content_generation} is called with.
 *
 * @param id unique in the roadmap
 * @param subject the subject map it comes from
 * @param level 1 foundations to 3 going further, 4 own work
 * @param hours in steps of half an hour
 * @param prerequisites ids of concepts that come before it
 * @param place where it stands in the plan; null until it is placed
 */
public record Concept(
        String id,
        String title,
        String subject,
        Origin origin,
        int level,
        double hours,
        List<String> prerequisites,
        @Nullable Place place) {
    public Concept {
        prerequisites = List.copyOf(prerequisites);
    }

    /** Where a concept comes from. */
    public enum Origin {
        /** A subject map. */
        MAP,
        /** The general way of learning, where there is no map. */
        METHOD,
        /** The goal asked for it. */
        ASKED,
        /** The parameters gave it as it is. */
        GIVEN
    }

    /**
     * Where it stands.
     *
     * @param order from 1
     * @param weekFrom from 1
     */
    public record Place(String stage, int order, int weekFrom, int weekTo) {}

    public int halfHours() {
        return (int) Math.round(hours * 2);
    }

    public Concept withHalfHours(int halves) {
        return new Concept(id, title, subject, origin, level, halves / 2.0, prerequisites, place);
    }

    public Concept withPrerequisites(List<String> others) {
        return new Concept(id, title, subject, origin, level, hours, others, place);
    }

    public Concept withPlace(Place other) {
        return new Concept(id, title, subject, origin, level, hours, prerequisites, other);
    }
}
