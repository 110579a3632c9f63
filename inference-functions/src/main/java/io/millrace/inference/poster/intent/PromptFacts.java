package io.millrace.inference.poster.intent;

import io.millrace.inference.poster.colour.Rgb;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt says outright: rules find it more surely than a network.
 *
 * @param size width and height; null when the prompt names none
 * @param offers discounts and prices
 * @param wantsLogo whether a logo is asked for
 */
@SuppressWarnings("ArrayRecordComponent") // is never compared
record PromptFacts(
        String language,
        List<String> quoted,
        List<Rgb> colors,
        int @Nullable [] size,
        List<String> offers,
        List<String> dates,
        List<String> contacts,
        boolean wantsLogo) {
    private static final Pattern QUOTED = Pattern.compile(
            "“([^”]+)”|「([^」]+)」|『([^』]+)』|\"([^\"]+)\"|(?<![A-Za-z])'([^']{2,})'(?![A-Za-z])|《([^》]+)》");
    private static final Pattern OFFER =
            Pattern.compile("第二[杯件份]半价|[\\d.一二三四五六七八九]+折|满\\d+减\\d+|买[一二三]送[一二三]|立减\\d+元?|[¥￥$€£]\\s?\\d+(?:\\.\\d+)?起?"
                    + "|\\d+(?:\\.\\d+)?元起?|(?i:up to )?\\d{1,2}\\s?%\\s?(?i:off)|(?i:buy one,? get one(?: free)?)");
    private static final String MONTH = "(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\\.?";
    private static final String CLOCK = "\\d{1,2}(?::\\d{2})? ?(?i:am|pm)";
    private static final Pattern DATE =
            Pattern.compile("(?:\\d{4}年)?\\d{1,2}月\\d{1,2}[日号]?(?:\\s*[-—~至到]\\s*\\d{1,2}月\\d{1,2}[日号]?)?"
                    + "(?:\\s*(?:上午|下午|晚上?)?\\s*\\d{1,2}(?:[:：]\\d{2}|点半?)(?:\\s*[-—~至到]\\s*\\d{1,2}(?:[:：]\\d{2}|点))?)?"
                    + "|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|周[一二三四五六日天末][上下]?午?"
                    + "|\\b" + MONTH + " \\d{1,2}(?:st|nd|rd|th)?\\b(?:,? \\d{4})?(?:,? (?:at )?" + CLOCK + ")?"
                    + "|\\b\\d{1,2}(?:st|nd|rd|th)? " + MONTH + "(?: \\d{4})?(?:,? (?:at )?" + CLOCK + ")?");
    private static final Pattern CONTACT = Pattern.compile(
            "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+|(?:https?://|www\\.)[\\w./?=&%-]+|(?<!\\d)1[3-9]\\d{9}(?!\\d)|(?<!\\d)\\d{3,4}-\\d{3,4}-?\\d{4}(?!\\d)|(?:地址|地点)[：:]\\s*[^，。；,;\\s]+|(?i:venue|address):\\s*[^.;\\n"
                    + "]+|(?<![\\d+])\\d{3}-\\d{3}-\\d{4}(?!\\d)|\\+\\d[\\d -]{7,14}\\d");

    PromptFacts {
        quoted = List.copyOf(quoted);
        colors = List.copyOf(colors);
        offers = List.copyOf(offers);
        dates = List.copyOf(dates);
        contacts = List.copyOf(contacts);
    }

    static PromptFacts read(String prompt) {
        List<String> quoted = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(prompt);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null && !matcher.group(group).isBlank()) {
                    quoted.add(matcher.group(group).strip());
                }
            }
        }
        String outside = withoutQuotes(prompt);
        return new PromptFacts(
                language(prompt),
                quoted,
                ColourNames.find(outside),
                SizeNames.find(outside),
                all(OFFER, outside),
                all(DATE, outside),
                all(CONTACT, outside),
                outside.toLowerCase(Locale.ROOT).matches("(?s).*(logo|标志|徽标).*"));
    }

    /** What is said about the poster, without what stands on it. */
    static String withoutQuotes(String prompt) {
        return QUOTED.matcher(prompt).replaceAll(" ");
    }

    /** {@code zh} when there is any Chinese character, otherwise {@code en}. */
    static String language(String text) {
        boolean chinese = text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        return chinese ? "zh" : "en";
    }

    private static List<String> all(Pattern pattern, String text) {
        LinkedHashSet<String> found = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group().strip());
        }
        return new ArrayList<>(found);
    }
}
