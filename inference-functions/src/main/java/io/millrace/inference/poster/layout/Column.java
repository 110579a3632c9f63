package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.intent.TextItem;
import io.millrace.inference.poster.layout.Frame.Zone;
import io.millrace.inference.poster.layout.Layout.Panel;
import io.millrace.inference.poster.layout.Layout.PanelKind;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.layout.Sizes.Poured;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Align;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One zone's texts as a stack, measured first and set down later. */
final class Column {
    private final Zone zone;
    private final Sizes sizes;
    private final List<Item> items = new ArrayList<>();
    private final double inset;
    private double height;

    /** A text and its distance from the top of the stack. */
    private record Item(TextItem text, Poured poured, double y) {}

    private static final double PILL_X = 4.2;
    private static final double PILL_Y = 2.4;
    private static final double RULE = 0.7;
    private static final double BULLET = 0.9;
    private static final double BULLET_GAP = 2.6;

    private final boolean rules;

    /** @param rules whether a short rule follows the headline and bullets stand before facts */
    Column(Zone zone, Sizes sizes, List<TextItem> texts, boolean rules) {
        this.zone = zone;
        this.sizes = sizes;
        this.rules = rules;
        inset = zone.card() ? 5.5 * sizes.unit() : 0;
        double y = 0;
        Role above = null;
        boolean bullets = bullets(texts);
        for (TextItem text : texts) {
            if (above != null) {
                y += sizes.gap(above, text.role()) + ruleAfter(above);
            }
            boolean pill = text.role() == Role.CTA;
            double indent = bullets && text.role() == Role.BODY ? BULLET_GAP * sizes.unit() : 0;
            indent += pill ? 2 * PILL_X * sizes.unit() : 0;
            indent += text.role() == Role.BRAND ? markSpace() : 0;
            Poured poured = sizes.pour(text, zone.align(), width() - indent);
            double pad = pill ? PILL_Y * sizes.unit() : 0;
            double brand = text.role() == Role.BRAND
                    ? Math.max(0, (markSide() - poured.block().height()) / 2)
                    : 0;
            items.add(new Item(text, poured, y + pad + brand));
            y += poured.block().height() + 2 * pad + 2 * brand;
            above = text.role();
        }
        height = y;
    }

    private boolean bullets(List<TextItem> texts) {
        return rules
                && zone.align() == Align.LEFT
                && texts.stream().filter(text -> text.role() == Role.BODY).count() > 1;
    }

    private double ruleAfter(Role above) {
        return rules && above == Role.HEADLINE ? (RULE + 3.2) * sizes.unit() : 0;
    }

    private double markSide() {
        return 5.4 * sizes.unit();
    }

    private double markSpace() {
        return markSide() + 1.6 * sizes.unit();
    }

    private double width() {
        return zone.area().w() - 2 * inset;
    }

    Zone zone() {
        return zone;
    }

    boolean empty() {
        return items.isEmpty();
    }

    /** With the card's own padding. */
    double height() {
        return height + 2 * inset;
    }

    /** Ground that the column takes when it begins at {@code top}. */
    Rect bounds(double top) {
        return new Rect(zone.area().x(), top, zone.area().w(), height());
    }

    /**
     * Sets the stack down.
     *
     * @param ground panel everything stands on; null for the background or the zone's own card
     */
    void place(double top, @Nullable String ground, List<Slot> slots, List<Panel> panels) {
        String panel = ground;
        if (zone.card()) {
            panel = "card" + panels.size();
            panels.add(new Panel(panel, PanelKind.CARD, bounds(top), 3 * sizes.unit()));
        }
        boolean bullets = bullets(items.stream().map(Item::text).toList());
        for (Item item : items) {
            place(item, top + inset + item.y(), panel, bullets, slots, panels);
        }
    }

    private void place(
            Item item, double y, @Nullable String panel, boolean bullets, List<Slot> slots, List<Panel> panels) {
        double unit = sizes.unit();
        Role role = item.text().role();
        double width = item.poured().block().width();
        double extra = role == Role.BRAND ? markSpace() : 0;
        double left = zone.align() == Align.LEFT
                ? zone.area().x() + inset
                : zone.area().centerX() - (width + extra) / 2;
        String ground = panel;
        if (role == Role.CTA) {
            double shift = zone.align() == Align.LEFT ? PILL_X * unit : 0;
            Rect pill = new Rect(left + shift, y, width, item.poured().block().height())
                    .grown(PILL_X * unit, PILL_Y * unit);
            left += shift;
            ground = "pill" + panels.size();
            panels.add(new Panel(ground, PanelKind.PILL, pill, pill.h() / 2));
        } else if (role == Role.BRAND) {
            double side = markSide();
            double middle = y + item.poured().block().height() / 2;
            panels.add(new Panel(
                    "mark" + panels.size(), PanelKind.MARK, new Rect(left, middle - side / 2, side, side), side / 4));
            left += extra;
        } else if (bullets && role == Role.BODY) {
            double dot = BULLET * unit;
            double middle = y + item.poured().setting().size() / 2;
            panels.add(new Panel(
                    "bullet" + panels.size(), PanelKind.BULLET, new Rect(left, middle - dot / 2, dot, dot), dot / 2));
            left += BULLET_GAP * unit;
        }
        Rect box = new Rect(left, y, width, item.poured().block().height());
        slots.add(new Slot(
                item.text().id(),
                role,
                box,
                item.poured().setting(),
                item.poured().block().lines(),
                ground,
                item.poured().shrunk()));
        if (ruleAfter(role) > 0) {
            rule(box, panels);
        }
    }

    private void rule(Rect headline, List<Panel> panels) {
        double unit = sizes.unit();
        double length = 9 * unit;
        double x = zone.align() == Align.LEFT ? headline.x() : headline.centerX() - length / 2;
        Rect bar = new Rect(x, headline.bottom() + 3.4 * unit, length, RULE * unit);
        panels.add(new Panel("rule" + panels.size(), PanelKind.RULE, bar, bar.h() / 2));
    }
}
