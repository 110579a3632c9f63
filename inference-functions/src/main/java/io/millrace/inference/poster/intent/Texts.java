package io.millrace.inference.poster.intent;

import io.millrace.inference.poster.intent.Copy.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Decides which texts the poster shows: given ones first, then quoted, then found, then suggested. */
final class Texts {
    /** Beyond this many given texts the poster is full enough. */
    private static final int FULL = 4;

    private final Params params;
    private final PromptFacts facts;
    private final Words words;
    private final List<TextItem> texts = new ArrayList<>();

    private Texts(Params params, PromptFacts facts, Words words) {
        this.params = params;
        this.facts = facts;
        this.words = words;
    }

    /** @param scale from CSS pixels of a preview 375 wide to pixels of the canvas */
    static List<TextItem> choose(Params params, PromptFacts facts, Words words, double scale) {
        Texts chosen = new Texts(params, facts, words);
        boolean given =
                params.elements().stream().anyMatch(element -> element.type().equals("text"));
        if (given) {
            chosen.given(scale);
        } else {
            chosen.written();
        }
        chosen.texts.sort((a, b) -> a.role().compareTo(b.role()));
        return List.copyOf(chosen.texts);
    }

    private void given(double scale) {
        List<TextItem> items = new ArrayList<>();
        for (ElementParam element : params.elements()) {
            if (element.type().equals("text")) {
                Double size = element.fontSize() == null ? null : element.fontSize() * scale;
                items.add(new TextItem(
                        "t" + (items.size() + 1),
                        element.content(),
                        Role.BODY,
                        element.position(),
                        size,
                        element.weight(),
                        element.color(),
                        Source.GIVEN));
            }
        }
        texts.addAll(Roles.give(items));
        if (!params.suggestions() || items.size() > FULL) {
            return;
        }
        logo();
        suggest(Role.KICKER, words.kicker());
        suggest(Role.SUBTITLE, words.subtitle());
        suggest(Role.CTA, words.cta());
        facts.dates().stream().limit(1).forEach(date -> add(Role.DATE, date, Source.FOUND));
        facts.contacts().forEach(contact -> add(Role.FOOTER, contact, Source.FOUND));
        suggest(Role.FOOTER, words.footer());
    }

    private void written() {
        Role[] order = {Role.HEADLINE, Role.SUBTITLE};
        for (int i = 0; i < facts.quoted().size() && i < 12; i++) {
            add(i < order.length ? order[i] : Role.BODY, facts.quoted().get(i), Source.QUOTED);
        }
        facts.offers().stream().limit(2).forEach(offer -> add(Role.FEATURE, offer, Source.FOUND));
        facts.dates().stream().limit(2).forEach(date -> add(Role.DATE, date, Source.FOUND));
        facts.contacts().stream().limit(3).forEach(contact -> add(Role.FOOTER, contact, Source.FOUND));
        if (!params.suggestions() && !texts.isEmpty()) {
            return;
        }
        logo();
        suggest(Role.KICKER, words.kicker());
        suggest(Role.HEADLINE, words.headline());
        suggest(Role.SUBTITLE, words.subtitle());
        if (texts.stream().noneMatch(text -> text.role() == Role.BODY)) {
            words.body().forEach(line -> add(Role.BODY, line, Source.SUGGESTED));
        }
        suggest(Role.CTA, words.cta());
        suggest(Role.FOOTER, words.footer());
    }

    private void logo() {
        boolean image = params.elements().stream()
                .anyMatch(element -> element.type().equals("image")
                        && element.content().toLowerCase(Locale.ROOT).matches("(?s).*(logo|标志|徽标).*"));
        if (image || facts.wantsLogo()) {
            add(Role.BRAND, facts.language().equals("zh") ? "公司标志" : "Your logo", Source.SUGGESTED);
        }
    }

    private void suggest(Role role, String content) {
        boolean there = texts.stream().anyMatch(text -> text.role() == role);
        boolean said = texts.stream().anyMatch(text -> text.content().equalsIgnoreCase(content));
        if (!there && !said && !content.isEmpty()) {
            add(role, content, Source.SUGGESTED);
        }
    }

    private void add(Role role, String content, Source source) {
        boolean said = texts.stream().anyMatch(text -> text.content().equals(content));
        if (!said) {
            texts.add(new TextItem("t" + (texts.size() + 1), content, role, null, null, null, null, source));
        }
    }
}
