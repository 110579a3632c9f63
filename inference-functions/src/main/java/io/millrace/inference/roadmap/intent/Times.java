package io.millrace.inference.roadmap.intent;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times that a goal names, in English or Chinese.
 *
 * @param rest the goal without them
 */
record Times(@Nullable Integer weeks, @Nullable Double hoursPerWeek, String rest) {
    private static final String EN =
            "(\\d+(?:\\.\\d+)?|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety)";
    private static final String ZH = "(\\d+(?:\\.\\d+)?|[一二两三四五六七八九十半]+)";
    private static final Pattern PACE_EN = Pattern.compile(
            "(?i)[,;]?\\s*(?:with |for |at )?(?:about |around |only )?\\b" + EN
                    + "[\\s-]*(hour|hr|minute|min)s?\\s*(?:a|per|each|every|/)\\s*(day|week|weekday|workday|evening|morning|night|weekend)s?\\b");
    private static final Pattern PACE_ZH =
            Pattern.compile("[，,]?\\s*每(?:个)?(天|日|周末|周|星期|晚上|晚|工作日)(?:大约|大概|约|只有|能|可以|有)?(?:学习|投入|抽出|抽|花|练习|练|学)?\\s*"
                    + ZH + "\\s*(?:个)?(?:多)?(小时|钟头|分钟)");
    private static final Pattern SPAN_EN =
            Pattern.compile("(?i)[,;]?\\s*(?:\\b(?:in|within|over|for|during|after))?(?: the)?(?: next)?\\s*\\b" + EN
                    + "[\\s-]*(day|week|month|year)s?\\b(?:'s?)?");
    private static final Pattern SPAN_ZH =
            Pattern.compile("[，,]?\\s*(?:在|用|花)?" + ZH + "\\s*个?(天|周|星期|礼拜|月|年)(?!级)(?:之内|以内|内|里|的时间|时间)?");
    private static final Map<String, Double> WORDS = Map.ofEntries(
            Map.entry("a", 1.0),
            Map.entry("an", 1.0),
            Map.entry("one", 1.0),
            Map.entry("two", 2.0),
            Map.entry("three", 3.0),
            Map.entry("four", 4.0),
            Map.entry("five", 5.0),
            Map.entry("six", 6.0),
            Map.entry("seven", 7.0),
            Map.entry("eight", 8.0),
            Map.entry("nine", 9.0),
            Map.entry("ten", 10.0),
            Map.entry("twelve", 12.0),
            Map.entry("thirty", 30.0),
            Map.entry("sixty", 60.0),
            Map.entry("ninety", 90.0),
            Map.entry("half a", 0.5),
            Map.entry("half an", 0.5));

    static Times read(String goal) {
        String rest = goal;
        Double hours = null;
        Matcher pace = PACE_EN.matcher(rest);
        if (pace.find()) {
            hours = perWeek(english(pace.group(1)), pace.group(2), pace.group(3));
            rest = pace.replaceFirst(" ");
        }
        pace = PACE_ZH.matcher(rest);
        if (pace.find()) {
            hours = perWeek(chinese(pace.group(2)), pace.group(3), pace.group(1));
            rest = pace.replaceFirst(" ");
        }
        Double weeks = null;
        Matcher span = SPAN_EN.matcher(rest);
        if (span.find()) {
            weeks = english(span.group(1)) * weeksOf(span.group(2));
            rest = span.replaceFirst(" ");
        }
        span = SPAN_ZH.matcher(rest);
        if (span.find()) {
            weeks = chinese(span.group(1)) * weeksOf(span.group(2));
            rest = span.replaceFirst(" ");
        }
        return new Times(weeks == null ? null : (int) Math.max(1, Math.round(weeks)), hours, rest);
    }

    private static double perWeek(double amount, String unit, String each) {
        double hours = unit.toLowerCase(Locale.ROOT).startsWith("min") || unit.equals("分钟") ? amount / 60 : amount;
        return switch (each.toLowerCase(Locale.ROOT)) {
            case "week", "周", "星期", "weekend", "周末" -> hours;
            case "weekday", "workday", "工作日" -> hours * 5;
            default -> hours * 7;
        };
    }

    private static double weeksOf(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "day", "天" -> 1.0 / 7;
            case "month", "月" -> 52.0 / 12;
            case "year", "年" -> 52;
            default -> 1;
        };
    }

    private static double english(String word) {
        Double known = WORDS.get(word.toLowerCase(Locale.ROOT));
        return known == null ? Double.parseDouble(word) : known;
    }

    /** 1 to 99, and half. */
    static double chinese(String word) {
        if (Character.isDigit(word.charAt(0)) && word.charAt(0) < 128) {
            return Double.parseDouble(word);
        }
        double value = 0;
        double digit = 0;
        for (char sign : word.toCharArray()) {
            if (sign == '十') {
                value += digit == 0 ? 10 : digit * 10;
                digit = 0;
            } else if (sign == '半') {
                value += 0.5;
            } else {
                digit = sign == '两' ? 2 : "零一二三四五六七八九".indexOf(sign);
            }
        }
        return value + digit;
    }
}
