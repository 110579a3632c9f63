package io.millrace.inference.roadmap.validation;

import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.roadmap.Concept;
import io.millrace.inference.roadmap.Concept.Origin;
import io.millrace.inference.roadmap.Curriculum;
import io.millrace.inference.roadmap.Goal;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.TopicCover;
import io.millrace.inference.roadmap.curriculum.Calendar;
import io.millrace.inference.roadmap.curriculum.Order;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Holds a plan against its rules; mends what has one right answer, and reports the rest. */
final class Validator {
    private static final double TOPIC_HOURS = 3;

    private final Goal goal;
    private final Curriculum given;
    private final List<Concept> concepts;
    private final List<Finding> findings = new ArrayList<>();

    private Validator(Goal goal, Curriculum given) {
        this.goal = goal;
        this.given = given;
        this.concepts = new ArrayList<>(given.concepts());
    }

    /** @param findings in the order of the checks; empty when the plan held */
    record Checked(Curriculum plan, List<Finding> findings) {
        boolean valid() {
            return findings.stream().noneMatch(finding -> finding.severity().equals("error"));
        }
    }

    static Checked check(Goal goal, Curriculum given, TopicCover cover) throws PhaseFailure {
        Validator validator = new Validator(goal, given);
        validator.ids();
        validator.prerequisites();
        validator.cycles();
        validator.hours();
        validator.coverage(cover);
        Curriculum plan = Calendar.plan(goal, validator.concepts, given.leftOut());
        validator.order(plan);
        validator.load(plan);
        return new Checked(plan, List.copyOf(validator.findings));
    }

    private void ids() {
        Set<String> seen = new LinkedHashSet<>();
        for (Concept concept : List.copyOf(concepts)) {
            if (!seen.add(concept.id())) {
                concepts.remove(concepts.lastIndexOf(concept));
                repaired(
                        "ids",
                        "The id " + concept.id() + " stood twice: the second was left out.",
                        "编号 " + concept.id() + " 重复：去掉后一个。");
            }
        }
    }

    private void prerequisites() {
        Set<String> ids = new LinkedHashSet<>();
        concepts.forEach(concept -> ids.add(concept.id()));
        for (int i = 0; i < concepts.size(); i++) {
            Concept concept = concepts.get(i);
            List<String> known = concept.prerequisites().stream()
                    .distinct()
                    .filter(id -> ids.contains(id) && !id.equals(concept.id()))
                    .toList();
            if (known.size() < concept.prerequisites().size()) {
                repaired(
                        "prerequisites",
                        concept.title() + " needed something twice, itself, or what is not in the plan: taken out.",
                        "“" + concept.title() + "”的前置有重复、指向自身或不在计划内：已去掉。");
                concepts.set(i, concept.withPrerequisites(known));
            }
        }
    }

    // Each round takes at least one prerequisite away, so this ends.
    private void cycles() {
        List<Concept> tangled = Order.of(concepts).tangled();
        while (!tangled.isEmpty()) {
            List<Concept> knot = tangled;
            Concept first = onCycle(knot).orElse(knot.get(0));
            List<String> ids = knot.stream().map(Concept::id).toList();
            List<String> freed = first.prerequisites().stream()
                    .filter(id -> !ids.contains(id))
                    .toList();
            repaired(
                    "cycles",
                    "A cycle runs through " + String.join(", ", titles(knot)) + ": " + first.title()
                            + " comes first now.",
                    "存在循环依赖：" + String.join("、", titles(knot)) + "；改为先学“" + first.title() + "”。");
            concepts.replaceAll(
                    concept -> concept.id().equals(first.id()) ? concept.withPrerequisites(freed) : concept);
            tangled = Order.of(concepts).tangled();
        }
    }

    /** The first that leads back to itself; others are only behind the cycle. */
    private static Optional<Concept> onCycle(List<Concept> knot) {
        return knot.stream()
                .filter(concept -> reaches(concept, concept, knot, new LinkedHashSet<>()))
                .findFirst();
    }

    private static boolean reaches(Concept from, Concept goal, List<Concept> knot, Set<String> seen) {
        for (Concept next : knot) {
            if (from.prerequisites().contains(next.id())
                    && (next.id().equals(goal.id()) || seen.add(next.id()) && reaches(next, goal, knot, seen))) {
                return true;
            }
        }
        return false;
    }

    private void hours() {
        for (int i = 0; i < concepts.size(); i++) {
            if (concepts.get(i).halfHours() < 1) {
                repaired(
                        "hours",
                        concepts.get(i).title() + " had no time: it gets half an hour.",
                        "“" + concepts.get(i).title() + "”没有时间：补半小时。");
                concepts.set(i, concepts.get(i).withHalfHours(1));
            }
        }
    }

    private void coverage(TopicCover cover) throws PhaseFailure {
        for (String topic : cover.missing(goal.topics(), titles(concepts))) {
            repaired("coverage", topic + " was asked for and missing: added.", "缺少所要求的“" + topic + "”：已补上。");
            List<String> first = concepts.stream().limit(1).map(Concept::id).toList();
            concepts.add(new Concept(
                    "added_" + (concepts.size() + 1),
                    topic.substring(0, 1).toUpperCase(Locale.ROOT) + topic.substring(1),
                    Knowledge.GENERAL,
                    Origin.ASKED,
                    2,
                    TOPIC_HOURS,
                    first,
                    null));
        }
    }

    private void order(Curriculum plan) {
        List<String> before = given.concepts().stream().map(Concept::id).toList();
        List<String> kept = plan.concepts().stream()
                .map(Concept::id)
                .filter(before::contains)
                .toList();
        if (!kept.equals(before.stream().distinct().toList())) {
            repaired("order", "Concepts were put behind what they need.", "已把概念排到其前置之后。");
        }
    }

    private void load(Curriculum plan) {
        int weeks = plan.weeks().size();
        if (weeks <= goal.pace().weeks()) {
            return;
        }
        double needed = Math.ceil(plan.totalHours() * 2 / goal.pace().weeks()) / 2;
        findings.add(new Finding(
                "load",
                "error",
                goal.say(
                        plan.totalHours() + " hours do not fit into "
                                + goal.pace().weeks() + " weeks of "
                                + goal.pace().hoursPerWeek() + ": study " + needed + " hours a week, or take " + weeks
                                + " weeks.",
                        goal.pace().weeks() + " 周、每周 " + goal.pace().hoursPerWeek() + " 小时放不下 " + plan.totalHours()
                                + " 小时：每周需 " + needed + " 小时，或延长到 " + weeks + " 周。"),
                false));
    }

    private void repaired(String check, String english, String chinese) {
        findings.add(new Finding(check, "warning", goal.say(english, chinese), true));
    }

    private static List<String> titles(List<Concept> concepts) {
        return concepts.stream().map(Concept::title).toList();
    }
}
