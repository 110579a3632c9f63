package io.millrace.inference.roadmap.curriculum;

import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.roadmap.Concept;
import io.millrace.inference.roadmap.Concept.Origin;
import io.millrace.inference.roadmap.Curriculum;
import io.millrace.inference.roadmap.Curriculum.LeftOut;
import io.millrace.inference.roadmap.Goal;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.Knowledge.Entry;
import io.millrace.inference.roadmap.Knowledge.Subject;
import io.millrace.inference.roadmap.Level;
import io.millrace.inference.roadmap.TopicCover;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Chooses concepts of a subject map for a level and a number of hours. */
final class Designer {
    /** A concept in less than this share of a beginner's hours is not learned, it is heard of: rather leave one out. */
    private static final double LEAST = 0.6;
    /** More than this is not learned better: the time goes into own work. */
    private static final double MOST = 1.6;
    /** Own work shorter than this is none. */
    private static final int LEAST_WORK = 8;

    private static final double REFRESH = 0.4;
    private static final double QUICKER = 0.6;

    private final Goal goal;
    private final Subject subject;
    private final Entry topic;
    private final List<Concept> chosen = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    private Designer(Goal goal, Knowledge knowledge) {
        this.goal = goal;
        this.subject = knowledge.subject(goal.match().subject());
        this.topic = knowledge.topic();
    }

    static Curriculum design(Goal goal, Knowledge knowledge, TopicCover cover) throws PhaseFailure {
        Designer designer = new Designer(goal, knowledge);
        designer.takeMap();
        List<String> titles = designer.chosen.stream().map(Concept::title).toList();
        for (String asked : cover.missing(goal.topics(), titles)) {
            designer.chosen.add(asked(asked, designer.chosen, designer.topic));
        }
        designer.dropUntilItFits();
        designer.shareHours();
        return Calendar.plan(goal, designer.chosen, designer.leftOut);
    }

    /** A concept for a topic that the goal asks for and the map has not. */
    static Concept asked(String title, List<Concept> others, Entry topic) {
        List<String> first = others.stream().limit(1).map(Concept::id).toList();
        long number =
                others.stream().filter(other -> other.origin() == Origin.ASKED).count() + 1;
        String name = title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
        return new Concept("asked_" + number, name, Knowledge.GENERAL, Origin.ASKED, 2, topic.hours(), first, null);
    }

    private void takeMap() {
        for (Entry entry : subject.concepts()) {
            if (subject.id().equals(Knowledge.GENERAL) && Knowledge.optional(entry)) {
                continue;
            }
            String title = entry.text(goal).about(goal.match().name()).title();
            if (goal.level() == Level.ADVANCED && entry.level() == 1) {
                leftOut.add(new LeftOut(entry.id(), title, goal.say("assumed to be known at this level", "此水平视为已掌握")));
                continue;
            }
            Origin origin = subject.id().equals(Knowledge.GENERAL) ? Origin.METHOD : Origin.MAP;
            chosen.add(new Concept(
                    entry.id(), title, subject.id(), origin, entry.level(), hours(entry), entry.needs(), null));
        }
        onlyChosenPrerequisites();
    }

    private double hours(Entry entry) {
        if (goal.level() == Level.INTERMEDIATE && entry.level() == 1) {
            return entry.hours() * REFRESH;
        }
        return goal.level() == Level.ADVANCED && entry.level() == 2 ? entry.hours() * QUICKER : entry.hours();
    }

    private void onlyChosenPrerequisites() {
        List<String> ids = chosen.stream().map(Concept::id).toList();
        chosen.replaceAll(concept -> concept.withPrerequisites(
                concept.prerequisites().stream().filter(ids::contains).toList()));
    }

    private void dropUntilItFits() {
        double budget = goal.pace().halfHours() / 2.0;
        while (chosen.size() > 1 && total() * LEAST > budget) {
            Optional<Concept> last = chosen.stream()
                    .filter(concept -> chosen.stream()
                            .noneMatch(other -> other.prerequisites().contains(concept.id())))
                    .filter(concept -> concept.origin() != Origin.ASKED)
                    .max(Comparator.comparingInt(Concept::level).thenComparingDouble(Concept::hours));
            if (last.isEmpty()) {
                return;
            }
            chosen.remove(last.get());
            leftOut.add(new LeftOut(
                    last.get().id(),
                    last.get().title(),
                    goal.say("does not fit into " + number(budget) + " hours", number(budget) + " 小时内放不下")));
        }
    }

    private void shareHours() {
        int budget = goal.pace().halfHours();
        int wanted = (int) Math.min(budget, Math.floor(total() * MOST * 2));
        int use = Math.max(chosen.size(), wanted);
        List<Concept> shared = Hours.share(chosen, use);
        chosen.clear();
        chosen.addAll(shared);
        int work = Math.min(budget - use, use);
        if (work >= LEAST_WORK) {
            List<String> ends = chosen.stream()
                    .filter(concept -> chosen.stream()
                            .noneMatch(other -> other.prerequisites().contains(concept.id())))
                    .map(Concept::id)
                    .toList();
            String title = goal.say("Your own work: ", "自己的实践：") + goal.match().name();
            chosen.add(new Concept("own", title, Knowledge.GENERAL, Origin.METHOD, 4, work / 2.0, ends, null));
        }
    }

    private double total() {
        return chosen.stream().mapToDouble(Concept::hours).sum();
    }

    private static String number(double hours) {
        return hours == Math.rint(hours) ? Long.toString((long) hours) : Double.toString(hours);
    }
}
