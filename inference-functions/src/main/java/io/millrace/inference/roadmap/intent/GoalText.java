package io.millrace.inference.roadmap.intent;

import io.millrace.inference.roadmap.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a goal says outright.
 *
 * @param weeks null when it names no time
 * @param hoursPerWeek null when it names none
 * @param topic what is to be learned, in its own words; blank when nothing is left
 * @param topics what it asks for in particular
 */
record GoalText(
        @Nullable Integer weeks,
        @Nullable Double hoursPerWeek,
        @Nullable Level level,
        String topic,
        List<String> topics) {
    private static final Pattern BEGINNER = Pattern.compile(
            "(?i)\\b(?:(?:complete |total |absolute )?beginners?|from (?:scratch|zero)|newbie|new to|(?:with )?no (?:prior |previous )?experience|never \\w+ before)\\b"
                    + "|零基础|从零开始|从零|小白|初学者?|新手|没有基础|入门");
    private static final Pattern INTERMEDIATE = Pattern.compile(
            "(?i)\\b(?:intermediate|some experience|familiar with|already know|know the basics of|know the basics)\\b"
                    + "|中级|有一定基础|有基础|有一些基础|有些基础|进阶|会一点");
    private static final Pattern ADVANCED =
            Pattern.compile("(?i)\\b(?:advanced|experienced|expert|senior|professional level)\\b|高级|精通|资深|深入掌握|有多年经验");
    private static final Pattern PARTICULAR = Pattern.compile(
            "(?i)[,;:，；：]?\\s*(?:\\b(?:with (?:a |an )?(?:special )?(?:focus|emphasis) on|focus(?:ing|ed)? on|especially|in particular|including|covering)\\b"
                    + "|重点(?:是|学习|学|在于)?|特别是|尤其是|包括|涵盖|主要学习?)\\s*(.+?)(?=[.;!?。；！？]|$)");
    private static final Pattern LEAD_ENGLISH = Pattern.compile(
            "(?i)^(?:please|i(?:'d| would)?(?: really)? (?:want|like|need|wish|hope)(?: to)?|help me(?: to)?|teach me(?: how to| to)?|how (?:do i|to|can i)"
                    + "|my goal is to|be able to|learn(?: about| how to| to)?|study|master|understand|get into|get better at|improve(?: my)?|get started with"
                    + "|start(?: with| to)?|practi[cs]e|become (?:an?|the)|become|prepare for|pick up|take up|train for|to|an?|the(?: basics of)?|basics of)(?:\\s+|$)");
    private static final Pattern LEAD_CHINESE = Pattern.compile(
            "^(?:我|想要|想|要|希望|打算|准备|请|帮我|如何|怎么|怎样|能够|能|可以|系统地?|学习|学会|学好|学|掌握|了解|提高|提升|练习|练好|成为|完成|做到|，|,)+");
    private static final Pattern TAIL = Pattern.compile(
            "(?i)(?:\\s*(?:for beginners|as a beginner|as|for|in|within|over|at|and|with|by|the|a)|[\\s,.;:!?，。；：！？、]|的?课程|的?知识|的人|作为|以?内|之内)+$");

    GoalText {
        topics = List.copyOf(topics);
    }

    static GoalText read(String goal) {
        // The pace first: "2 hours a week" must not be read as a week.
        Times times = Times.read(goal);
        String rest = times.rest();
        Level level = level(rest);
        List<String> topics = new ArrayList<>();
        Matcher particular = PARTICULAR.matcher(rest);
        while (particular.find()) {
            split(particular.group(1), topics);
        }
        rest = PARTICULAR.matcher(rest).replaceAll(" ");
        for (Pattern said : List.of(BEGINNER, INTERMEDIATE, ADVANCED)) {
            rest = said.matcher(rest).replaceAll(" ");
        }
        return new GoalText(times.weeks(), times.hoursPerWeek(), level, topic(rest), topics);
    }

    /** {@code zh} when there is any Chinese character, otherwise {@code en}. */
    static String language(String text) {
        boolean chinese = text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        return chinese ? "zh" : "en";
    }

    private static @Nullable Level level(String text) {
        if (ADVANCED.matcher(text).find()) {
            return Level.ADVANCED;
        }
        if (INTERMEDIATE.matcher(text).find()) {
            return Level.INTERMEDIATE;
        }
        return BEGINNER.matcher(text).find() ? Level.BEGINNER : null;
    }

    private static void split(String list, List<String> topics) {
        for (String part : list.split("[,，、/;；]|\\s(?:and|&)\\s|和|以及|与|及", -1)) {
            String topic = part.strip().replaceAll("(?i)^(?:and|the|a)\\s+", "");
            if (topic.length() >= 2 && topic.length() <= 40 && topics.size() < 8) {
                topics.add(topic);
            }
        }
    }

    private static String topic(String rest) {
        String topic = rest.replaceAll("\\s+", " ").strip();
        for (int i = 0; i < 6; i++) {
            topic = topic.replaceAll("^[\\s,.;:!?，。；：！？、的]+", "");
            topic = LEAD_ENGLISH.matcher(topic).replaceFirst("");
            topic = LEAD_CHINESE.matcher(topic).replaceFirst("");
        }
        topic = TAIL.matcher(topic).replaceFirst("").strip();
        return topic.length() > 60 ? topic.substring(0, 60).strip() : topic;
    }

    /** The topic as a title begins. */
    String topicAsName() {
        return topic.isEmpty() ? topic : topic.substring(0, 1).toUpperCase(Locale.ROOT) + topic.substring(1);
    }
}
