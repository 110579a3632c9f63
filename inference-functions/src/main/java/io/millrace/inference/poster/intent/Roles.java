package io.millrace.inference.poster.intent;

import io.millrace.inference.model.font.Typefaces.Weight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Finds out what each given text does, from its size, weight, place and wording. */
final class Roles {
    private static final Pattern CONTACT = Pattern.compile(
            "(?i).*(@|https?:|www\\.|电话|邮箱|地址|地点|联系|热线|tel|phone|email|address|\\d{3,4}-\\d{7,8}|1[3-9]\\d{9}).*");
    private static final Pattern CALL = Pattern.compile(
            "(?i)(立即|马上|点击|扫码|快来|预约|报名|抢购|购票|了解更多|apply|register|sign up|shop|buy|book|join now|learn more|get tickets|enrol).*");
    private static final int SHORT = 18;

    private Roles() {}

    static List<TextItem> give(List<TextItem> texts) {
        if (texts.isEmpty()) {
            return texts;
        }
        TextItem headline = texts.stream()
                .filter(text -> !CONTACT.matcher(text.content()).matches())
                .max(Comparator.comparingDouble(text -> weight(text, texts.indexOf(text))))
                .orElse(texts.get(0));
        List<TextItem> roles = new ArrayList<>();
        boolean after = false;
        boolean subtitle = false;
        for (TextItem text : texts) {
            if (text.id().equals(headline.id())) {
                after = true;
                roles.add(text.withRole(Role.HEADLINE));
                continue;
            }
            Role role = role(text, headline, after, subtitle);
            subtitle |= after; // only what directly follows the headline explains it
            roles.add(text.withRole(role));
        }
        return roles;
    }

    private static double weight(TextItem text, int index) {
        double weight = text.fontSize() == null ? 0 : text.fontSize();
        weight += text.weight() == Weight.BLACK ? 20 : 0;
        weight += text.position() == Position.TOP ? 10 : 0;
        weight -= text.content().length() > 30 ? 60 : 0;
        return weight - index * 3;
    }

    private static Role role(TextItem text, TextItem headline, boolean after, boolean subtitle) {
        if (CONTACT.matcher(text.content()).matches()) {
            return Role.FOOTER;
        }
        if (CALL.matcher(text.content()).matches() && text.content().length() <= SHORT) {
            return Role.CTA;
        }
        if (text.position() == Position.TOP) {
            return after ? Role.SUBTITLE : Role.KICKER;
        }
        Double size = text.fontSize();
        Double largest = headline.fontSize();
        boolean big = size != null && largest != null && size >= 0.55 * largest;
        if (big || text.weight() == Weight.BLACK) {
            return Role.FEATURE;
        }
        if (after && !subtitle && text.position() == null && text.content().length() <= 2 * SHORT) {
            return Role.SUBTITLE;
        }
        return Role.BODY;
    }
}
