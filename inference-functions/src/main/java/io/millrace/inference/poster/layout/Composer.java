package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.intent.TextItem;
import io.millrace.inference.poster.layout.Frame.Anchor;
import io.millrace.inference.poster.layout.Frame.Ground;
import io.millrace.inference.poster.layout.Layout.Art;
import io.millrace.inference.poster.layout.Layout.ArtShape;
import io.millrace.inference.poster.layout.Layout.Panel;
import io.millrace.inference.poster.layout.Layout.PanelKind;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Typesetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pours texts into a frame. Tries full size first and shrinks until nothing overlaps and everything is inside the margins; wished
 * sizes give way last.
 */
final class Composer {
    private static final double STEP = 0.92;
    private static final int STEPS = 20;
    /** From this scale on wished sizes shrink too. */
    private static final double PATIENCE = 0.62;

    private final Typesetter typesetter;
    private final Brief brief;
    private final Faces faces;
    private final IconNames icons;
    private final double unit;

    Composer(Typesetter typesetter, Brief brief) {
        this.typesetter = typesetter;
        this.brief = brief;
        faces = new Faces(typesetter.faces(), brief);
        icons = new IconNames(brief.occasion());
        unit = brief.canvas().unit();
    }

    /** A layout and how much it had to shrink. */
    record Composed(Layout layout, double scale) {}

    /** @param largest scale to begin with, 1 unless refinement asks for more air */
    Optional<Composed> compose(String family, Frame frame, double largest) {
        double scale = largest;
        for (int i = 0; i < STEPS; i++) {
            double wished = scale >= PATIENCE ? 1 : scale / PATIENCE;
            Sizes sizes = new Sizes(typesetter, faces, unit, scale, wished, frame.type());
            Layout layout = attempt(family, frame, sizes);
            if (layout != null) {
                return Optional.of(new Composed(layout, scale));
            }
            scale *= STEP;
        }
        return Optional.empty();
    }

    private @Nullable Layout attempt(String family, Frame frame, Sizes sizes) {
        boolean rules = brief.style() == Style.BUSINESS || brief.style() == Style.MINIMALIST;
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < frame.zones().size(); i++) {
            columns.add(new Column(
                    frame.zones().get(i),
                    sizes,
                    texts(frame, i),
                    rules,
                    frame.type().lists(),
                    icons));
        }
        double[] tops = tops(columns);
        Rect safe = Families.safe(brief.canvas());
        Rect room = frame.stage().ground() == Ground.FIXED_CARD
                ? frame.zones().get(0).area().union(frame.zones().get(2).area())
                : safe;
        if (!fits(columns, tops, room)) {
            return null;
        }
        Art art = frame.art();
        if (frame.artBetween()) {
            Rect window = between(frame.art(), columns, tops);
            if (window.h() < 32 * unit || window.h() < 0.45 * window.w()) {
                return null;
            }
            art = new Art(frame.art().shape(), window);
        }
        List<Slot> slots = new ArrayList<>();
        List<Panel> panels = new ArrayList<>(frame.stage().panels());
        String ground = ground(frame, tops, panels);
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).empty()) {
                columns.get(i).place(tops[i], ground, slots, panels);
            }
        }
        return new Layout(family, 0, art, slots, panels, safe, frame.stage().hero());
    }

    /** Texts of a zone in reading order. What belongs to the headline follows it wherever the user put it. */
    private List<TextItem> texts(Frame frame, int zone) {
        List<TextItem> texts = new ArrayList<>();
        for (TextItem text : brief.texts()) {
            if (zone(frame, text) == zone) {
                texts.add(text);
            }
        }
        return texts;
    }

    private int zone(Frame frame, TextItem text) {
        int home = frame.homes().getOrDefault(text.role(), 0);
        TextItem guide = text;
        if (text.position() == null && (text.role() == Role.KICKER || text.role() == Role.SUBTITLE)) {
            guide = brief.texts().stream()
                    .filter(other -> other.role() == Role.HEADLINE)
                    .findFirst()
                    .orElse(text);
        }
        return guide.position() == null ? home : frame.places().getOrDefault(guide.position(), home);
    }

    /** Where each column begins: the ones in the middle of a stack take the space between the others. */
    private static double[] tops(List<Column> columns) {
        double[] tops = new double[columns.size()];
        for (int i = 0; i < tops.length; i++) {
            Column column = columns.get(i);
            Rect area = column.zone().area();
            tops[i] = switch (column.zone().anchor()) {
                case TOP -> area.y();
                case MIDDLE -> area.centerY() - column.height() / 2;
                case BOTTOM -> area.bottom() - column.height();
            };
        }
        boolean stack = tops.length == 3
                && columns.get(0).zone().anchor() == Anchor.TOP
                && columns.get(1).zone().anchor() == Anchor.MIDDLE
                && columns.get(2).zone().anchor() == Anchor.BOTTOM
                && Math.abs(columns.get(1).zone().area().w()
                                - columns.get(0).zone().area().w())
                        < 1;
        if (stack) {
            Column column = columns.get(1);
            double upper =
                    columns.get(0).empty() ? tops[1] : tops[0] + columns.get(0).height();
            double lower = columns.get(2).empty() ? tops[1] + column.height() : tops[2];
            double centre = (upper + lower) / 2 - column.height() / 2;
            boolean free = tops[1] > upper && tops[1] + column.height() < lower;
            tops[1] = free && !column.empty() ? (tops[1] + centre) / 2 : centre;
        }
        return tops;
    }

    private boolean fits(List<Column> columns, double[] tops, Rect room) {
        double air = 4 * unit;
        for (int i = 0; i < tops.length; i++) {
            Column column = columns.get(i);
            if (column.empty()) {
                continue;
            }
            Rect bounds = column.bounds(tops[i]);
            boolean own = column.zone().stands() != null || column.zone().plate() != Frame.Plate.NONE;
            Rect held = column.zone().area().grown(.5, unit * .5);
            if (!held.holds(bounds) || !(own ? Families.bleed(brief.canvas()) : room).holds(bounds)) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                if (!columns.get(j).empty()
                        && columns.get(j).bounds(tops[j]).grown(0, air).overlaps(bounds)) {
                    return false;
                }
            }
        }
        return true;
    }

    private Rect between(Art art, List<Column> columns, double[] tops) {
        Rect window = art.box();
        double upper =
                columns.get(0).empty() ? window.y() : tops[0] + columns.get(0).height() + 6 * unit;
        int last = tops.length - 1;
        double lower = columns.get(last).empty() ? window.bottom() : tops[last] - 6 * unit;
        double height = Math.max(0, lower - upper);
        double width = art.shape() == ArtShape.RECT ? window.w() : Math.min(window.w(), height * 0.95);
        return new Rect(window.centerX() - width / 2, upper, width, height);
    }

    private @Nullable String ground(Frame frame, double[] tops, List<Panel> panels) {
        Brief.Canvas canvas = brief.canvas();
        return switch (frame.stage().ground()) {
            case NONE -> null;
            case FIXED_CARD -> {
                Rect card = frame.zones()
                        .get(0)
                        .area()
                        .union(frame.zones().get(2).area())
                        .grown(8 * unit);
                panels.add(new Panel("card", PanelKind.CARD, card, 4 * unit));
                yield "card";
            }
            case SHEET -> {
                double top = tops[0] - 8 * unit;
                double beyond = 6 * unit; // only its upper corners are round: the lower ones lie outside the canvas
                Rect sheet = new Rect(0, top, canvas.width(), canvas.height() - top + beyond);
                panels.add(new Panel("sheet", PanelKind.SHEET, sheet, 6 * unit));
                yield "sheet";
            }
        };
    }
}
