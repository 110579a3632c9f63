package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.intent.TextItem;
import io.millrace.inference.poster.layout.Frame.Lists;
import io.millrace.inference.poster.layout.Frame.Plate;
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
    private static final double PILL_X = 4.2;
    private static final double PILL_Y = 2.4;
    private static final double RULE = 0.7;
    private static final double BULLET = 0.9;
    private static final double BULLET_GAP = 2.6;
    private static final double MARK = 5.4;

    private final Zone zone;
    private final Sizes sizes;
    private final boolean rules;
    private final Lists lists;
    private final List<Item> items = new ArrayList<>();
    private final double inset;
    private double height;
    private double widest;

    /**
     * A text and its distance from the top of the stack.
     *
     * @param lead room on its left for a mark
     */
    private record Item(TextItem text, Poured poured, double y, double lead, String icon) {
        double width() {
            return poured.block().width() + lead;
        }
    }

    /** @param rules whether a short rule follows the headline */
    Column(Zone zone, Sizes sizes, List<TextItem> texts, boolean rules, Lists lists, IconNames icons) {
        this.zone = zone;
        this.sizes = sizes;
        this.rules = rules;
        this.lists = lists;
        inset = inset(zone.plate()) * sizes.unit();
        double unit = sizes.unit();
        double y = 0;
        Role above = null;
        for (TextItem text : texts) {
            if (above != null) {
                y += sizes.gap(above, text.role()) + ruleAfter(above) + rowGap(above, text.role());
            }
            String icon = icon(text, texts, icons);
            double lead = lead(text, texts, icon);
            double pillPad = text.role() == Role.CTA ? PILL_X * unit : 0;
            Poured poured = sizes.pour(text, zone.align(), width() - lead - 2 * pillPad);
            double pad = text.role() == Role.CTA ? PILL_Y * unit : 0;
            if (text.role() == Role.BRAND) {
                pad = Math.max(0, (MARK * unit - poured.block().height()) / 2);
            }
            Item item = new Item(text, poured, y + pad, lead, icon);
            items.add(item);
            widest = Math.max(widest, item.width() + 2 * pillPad);
            y += poured.block().height() + 2 * pad;
            above = text.role();
        }
        height = y;
    }

    private static double inset(Plate plate) {
        return switch (plate) {
            case NONE -> 0;
            case CARD -> 5.5;
            case TICKET -> 6.5;
            case BLOCK -> 3.4;
            case BADGE -> 2;
        };
    }

    private String icon(TextItem text, List<TextItem> texts, IconNames icons) {
        if (zone.plate() == Plate.BADGE || zone.plate() == Plate.BLOCK) {
            return "";
        }
        boolean several =
                texts.stream().filter(other -> other.role() == Role.BODY).count() > 1;
        return switch (text.role()) {
            case BODY ->
                several && lists == Lists.ICONS && zone.align() == Align.LEFT
                        ? icons.fact(text.content(), texts.indexOf(text))
                        : "";
            case FOOTER -> icons.contact(text.content());
            case DATE -> "calendar";
            default -> "";
        };
    }

    private double lead(TextItem text, List<TextItem> texts, String icon) {
        double unit = sizes.unit();
        if (text.role() == Role.BRAND) {
            return (MARK + 1.6) * unit;
        }
        if (!icon.isEmpty()) {
            return text.role() == Role.BODY ? 7.2 * unit : 4.6 * unit;
        }
        boolean several =
                texts.stream().filter(other -> other.role() == Role.BODY).count() > 1;
        boolean bullet = lists == Lists.BULLETS && several && zone.align() == Align.LEFT;
        return bullet && text.role() == Role.BODY ? BULLET_GAP * unit : 0;
    }

    private double ruleAfter(Role above) {
        return rules && above == Role.HEADLINE ? (RULE + 3.2) * sizes.unit() : 0;
    }

    private double rowGap(Role above, Role below) {
        if (above != Role.BODY || below != Role.BODY) {
            return 0;
        }
        return switch (lists) {
            case ROWS -> 2.6 * sizes.unit();
            case ICONS -> 1.6 * sizes.unit();
            case PLAIN, BULLETS -> 0;
        };
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

    /** With the plate's own padding. */
    double height() {
        return zone.plate() == Plate.BADGE ? disc() : height + 2 * inset;
    }

    private double disc() {
        return Math.hypot(widest, height) * 1.04 + 2 * inset;
    }

    /** Ground that the column takes when it begins at {@code top}. */
    Rect bounds(double top) {
        Rect area = zone.area();
        double width = switch (zone.plate()) {
            case NONE, CARD, TICKET -> area.w();
            case BLOCK -> widest + 2 * inset;
            case BADGE -> disc();
        };
        boolean left = zone.align() == Align.LEFT && zone.plate() != Plate.BADGE;
        double x = left || width >= area.w() ? area.x() : area.centerX() - width / 2;
        return new Rect(x, top, width, height());
    }

    /**
     * Sets the stack down.
     *
     * @param ground panel everything stands on; null for the background or the zone's own plate
     */
    void place(double top, @Nullable String ground, List<Slot> slots, List<Panel> panels) {
        String panel = zone.stands() == null ? ground : zone.stands();
        Rect bounds = bounds(top);
        double unit = sizes.unit();
        PanelKind kind = switch (zone.plate()) {
            case NONE -> null;
            case CARD -> PanelKind.CARD;
            case TICKET -> PanelKind.TICKET;
            case BLOCK -> PanelKind.BLOCK;
            case BADGE -> PanelKind.BADGE;
        };
        if (kind != null) {
            panel = "plate" + panels.size();
            double radius = kind == PanelKind.BADGE ? bounds.w() / 2 : kind == PanelKind.BLOCK ? 1.4 * unit : 3 * unit;
            panels.add(new Panel(panel, kind, bounds, radius));
        }
        double first = zone.plate() == Plate.BADGE ? top + (bounds.h() - height) / 2 : top + inset;
        for (int i = 0; i < items.size(); i++) {
            place(items.get(i), bounds, first + items.get(i).y(), panel, slots, panels);
            boolean divided = lists == Lists.ROWS
                    && i > 0
                    && items.get(i).text().role() == Role.BODY
                    && items.get(i - 1).text().role() == Role.BODY;
            if (divided) {
                double last =
                        items.get(i - 1).y() + items.get(i - 1).poured().block().height();
                double y = first + (last + items.get(i).y()) / 2;
                double width = zone.plate() == Plate.NONE
                        ? Math.min(bounds.w(), Math.max(widest, 36 * unit))
                        : bounds.w() - 2 * inset;
                double x = zone.align() == Align.CENTER ? bounds.centerX() - width / 2 : bounds.x() + inset;
                Rect line = new Rect(x, y - 0.1 * unit, width, 0.2 * unit);
                panels.add(new Panel("divider" + panels.size(), PanelKind.DIVIDER, line, 0));
            }
        }
    }

    private void place(Item item, Rect bounds, double y, @Nullable String panel, List<Slot> slots, List<Panel> panels) {
        double unit = sizes.unit();
        Role role = item.text().role();
        boolean centred = zone.align() == Align.CENTER;
        double width = item.poured().block().width();
        double left = centred ? bounds.centerX() - item.width() / 2 : bounds.x() + inset;
        String ground = panel;
        if (role == Role.CTA) {
            left += centred ? 0 : PILL_X * unit;
            Rect pill = new Rect(left, y, width, item.poured().block().height()).grown(PILL_X * unit, PILL_Y * unit);
            ground = "pill" + panels.size();
            panels.add(new Panel(ground, PanelKind.PILL, pill, pill.h() / 2));
        } else if (item.lead() > 0) {
            panels.add(mark(item, left, y, panels.size()));
            left += item.lead();
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
            double length = 9 * unit;
            double x = centred ? box.centerX() - length / 2 : box.x();
            Rect bar = new Rect(x, box.bottom() + 3.4 * unit, length, RULE * unit);
            panels.add(new Panel("rule" + panels.size(), PanelKind.RULE, bar, bar.h() / 2));
        }
    }

    /** What stands before a text: a logo's place, an icon or a bullet, level with the middle of its first line. */
    private Panel mark(Item item, double left, double y, int number) {
        double unit = sizes.unit();
        double middle = y + item.poured().setting().size() / 2;
        if (item.text().role() == Role.BRAND) {
            double side = MARK * unit;
            double centre = y + item.poured().block().height() / 2;
            return new Panel("mark" + number, PanelKind.MARK, new Rect(left, centre - side / 2, side, side), side / 4);
        }
        if (!item.icon().isEmpty()) {
            double side = (item.text().role() == Role.BODY ? 4.8 : 3.4) * unit;
            Rect box = new Rect(left, middle - side / 2, side, side);
            return new Panel("icon" + number, PanelKind.ICON, box, 0, item.icon());
        }
        double dot = BULLET * unit;
        return new Panel("bullet" + number, PanelKind.BULLET, new Rect(left, middle - dot / 2, dot, dot), dot / 2);
    }
}
