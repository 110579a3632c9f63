package io.millrace.inference.poster.elements;

import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.Extra;
import io.millrace.inference.poster.intent.Position;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.layout.Layout.ArtShape;
import io.millrace.inference.poster.layout.Layout.Panel;
import io.millrace.inference.poster.layout.Layout.PanelKind;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.scene.Shape.Look;
import io.millrace.inference.poster.scene.Shape.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What stands in the room that text leaves: what the user asked for, a motif, and small things that suit the style. */
final class Ornaments {
    /** On ground lighter than this a light drawing would fade. */
    private static final double LIGHT = 0.3;

    private static final String CLOUD =
            "M 18 88 C -4 88 -2 56 20 56 C 18 26 52 18 60 42 C 78 30 98 46 88 60 C 106 64 102 88 84 88 Z";

    private final Brief brief;
    private final Layout layout;
    private final Palette palette;
    private final Motifs motifs;
    private final Icons icons;
    private final boolean motifSuits;
    private final double unit;
    private final Rect canvas;
    private final FreeSpace space;
    private final List<Shape> shapes = new ArrayList<>();
    private final List<Shape> onCard = new ArrayList<>();
    private final SplittableRandom random;
    private final ToDoubleFunction<Rect> lightness;

    /**
     * @param busy whether the pattern leaves no quiet place for a drawing
     * @param lightness luminance of the background in a place, 0 to 1
     */
    Ornaments(
            Brief brief,
            Layout layout,
            Palette palette,
            Motifs motifs,
            Icons icons,
            boolean busy,
            ToDoubleFunction<Rect> lightness) {
        this.icons = icons;
        boolean badge = layout.panels().stream().anyMatch(panel -> panel.kind() == PanelKind.BADGE);
        motifSuits = !badge && (!busy || brief.style() == Style.CARTOON);
        this.lightness = lightness;
        this.brief = brief;
        this.layout = layout;
        this.palette = palette;
        this.motifs = motifs;
        unit = brief.canvas().unit();
        canvas = new Rect(0, 0, brief.canvas().width(), brief.canvas().height());
        space = new FreeSpace(2 * unit);
        random = new SplittableRandom(brief.canvas().seed() * 7919 + 17);
        layout.slots().forEach((Slot slot) -> space.take(slot.box().grown(4 * unit)));
        layout.panels().stream()
                .filter(panel -> panel.kind() != PanelKind.PLANE && panel.kind() != PanelKind.FRAME)
                .forEach(panel -> space.take(panel.box().grown(3 * unit)));
    }

    /** What is to be painted after the panels. */
    List<Shape> onCard() {
        return onCard;
    }

    /** @param keep share of the ornaments, 0 to 1; what the user asked for always stays */
    List<Shape> draw(double keep) {
        brief.extras().forEach(this::extra);
        boolean picture = brief.extras().stream().anyMatch(extra -> extra.type().equals("image"));
        if (keep > 0.3 && !picture && motifSuits && !cardMotif()) {
            motif();
        }
        if (brief.style() == Style.CARTOON) {
            confetti((int) Math.round(11 * keep));
        } else if (brief.style() == Style.BUSINESS && keep > 0.6 && layout.art().shape() == ArtShape.FULL) {
            dots();
        }
        return shapes;
    }

    private Rect artArea() {
        return layout.art().shape() == ArtShape.FULL
                ? layout.safe()
                : layout.art().box();
    }

    /** Fills the gap a card leaves between title and facts. */
    private boolean cardMotif() {
        Optional<Panel> card = layout.panels().stream()
                .filter(panel -> panel.kind() == PanelKind.CARD && panel.box().h() > 55 * unit)
                .findFirst();
        if (card.isEmpty()) {
            return false;
        }
        FreeSpace inside = new FreeSpace(2 * unit);
        layout.slots().forEach((Slot slot) -> inside.take(slot.box().grown(100 * unit, 4 * unit)));
        layout.panels().stream()
                .filter(panel -> !panel.equals(card.get()))
                .forEach(panel -> inside.take(panel.box().grown(100 * unit, 4 * unit)));
        Optional<Rect> room = inside.largestSquare(card.get().box().grown(-6 * unit));
        if (room.isEmpty() || room.get().w() < 16 * unit) {
            return false;
        }
        double side = Math.min(40 * unit, room.get().w());
        double x = card.get().box().centerX() - side / 2;
        Rect box = new Rect(x, room.get().centerY() - side / 2, side, side);
        Map<String, Rgb> colours = MotifColours.of(palette, brief.style());
        colours.put("main", palette.ramp().get(4));
        colours.put("soft", palette.ramp().get(3).mix(palette.surface(), 0.45));
        colours.put("dark", palette.onSurface());
        onCard.addAll(motifs.draw("motif", brief, box, colours));
        return true;
    }

    /** Where the drawing stands: where the composition wants it, or wherever there is room. */
    private void motif() {
        Rect hero = layout.hero();
        Rect wanted = hero == null ? artArea() : hero;
        Optional<Rect> room = space.largestSquare(canvas.intersection(wanted));
        double least = brief.canvas().landscape() && layout.art().shape() == ArtShape.FULL ? 30 : 22;
        if (room.isEmpty() || room.get().w() < least * unit) {
            return;
        }
        boolean window = layout.art().shape() != ArtShape.FULL;
        Rect square = room.get();
        double side = Math.min((hero == null ? 50 : 62) * unit, square.w() * (window ? 0.66 : 0.9));
        Rect area = canvas.intersection(layout.art().box());
        double x = window && hero == null ? area.centerX() : square.centerX();
        double y = window && hero == null ? area.centerY() : square.centerY();
        Rect box = new Rect(x - side / 2, y - side / 2, side, side);
        if (!space.free(box) || !canvas.holds(box)) {
            box = new Rect(square.centerX() - side / 2, square.centerY() - side / 2, side, side);
        }
        shapes.addAll(emblem(box));
        space.take(box.grown(3 * unit));
    }

    private List<Shape> emblem(Rect box) {
        Backing backing = new Backing(brief.style(), palette, unit);
        List<Shape> emblem = new ArrayList<>(backing.behind(box));
        Rect inner = box.grown(-(1 - backing.share()) / 2 * box.w());
        switch (brief.style()) {
            case TECH -> emblem.add(icon(inner, palette.ink(), 0.8));
            case ELEGANT -> emblem.add(icon(inner, palette.accent(), 0.62));
            case MINIMALIST -> emblem.add(icon(inner, palette.ink(), 0.7));
            case CHINESE -> emblem.add(icon(inner, palette.onAccent(), 0.95));
            case RETRO -> emblem.add(icon(inner, palette.ink(), 1.1));
            case CARTOON -> {
                List<Shape> drawing = motifs.draw("motif", brief, inner, MotifColours.of(palette, brief.style()));
                drawing.forEach(part -> emblem.add(rim(part)));
                emblem.addAll(drawing);
            }
            case BUSINESS -> {
                Map<String, Rgb> colours = MotifColours.of(palette, brief.style());
                if (lightness.applyAsDouble(box) > LIGHT) {
                    colours.put(
                            "main",
                            palette.ramp().get(palette.ramp().size() - 1).mix(palette.onSurface(), 0.25));
                    colours.put("soft", palette.ramp().get(3));
                    colours.put("dark", palette.surface());
                }
                emblem.addAll(motifs.draw("motif", brief, inner, colours));
            }
        }
        return emblem;
    }

    private Shape icon(Rect box, Rgb colour, double weight) {
        String name =
                TopicIcons.of(brief.topic(), brief.occasion(), brief.canvas().seed());
        return icons.draw("motif", name, box, colour, weight);
    }

    /** A white rim like a sticker's, so that the drawing stands off any ground. */
    private Shape rim(Shape part) {
        Look look = part.look();
        double width = look.strokeWidth() + 2.2 * unit;
        Look rim =
                new Look(look.fill() == null ? null : palette.surface(), 1, palette.surface(), width, look.radius(), 0);
        return new Shape(part.id() + "rim", "motif", part.type(), part.box(), part.path(), rim);
    }

    /** Clouds, stars and dots in free places, each of another size. */
    private void confetti(int count) {
        boolean everywhere =
                layout.art().shape() == ArtShape.FULL || layout.art().shape() == ArtShape.CIRCLE;
        Rect area = everywhere ? canvas.grown(-2 * unit) : layout.art().box().grown(-3 * unit);
        for (int tries = 0, set = 0; tries < 400 && set < count; tries++) {
            boolean cloud = set < 2;
            double width = (cloud ? 17 + random.nextInt(6) : set < 6 ? 4 + random.nextInt(3) : 2) * unit;
            double height = cloud ? width * 0.62 : width;
            Rect box = new Rect(
                    area.x() + random.nextDouble() * (area.w() - width),
                    area.y() + random.nextDouble() * (area.h() - height),
                    width,
                    height);
            if (!space.free(box)) {
                continue;
            }
            space.take(box.grown(4 * unit));
            String id = "confetti" + ++set;
            Rgb fill = set % 3 == 0 ? palette.accent() : palette.ramp().get(3 + set % 3);
            if (cloud) {
                shapes.add(new Shape(id, "cloud", Type.PATH, box, CLOUD, Look.filled(palette.surface(), 0.96)));
            } else if (set <= 6) {
                shapes.add(new Shape(id, "star", Type.PATH, box, Forms.STAR, Look.filled(fill, 1)));
            } else {
                shapes.add(new Shape(id, "dot", Type.ELLIPSE, box, "", Look.filled(fill, 1)));
            }
        }
    }

    /** A small grid of points in a free upper or lower right corner of the margins, aligned to them. */
    private void dots() {
        double pitch = 2.4 * unit;
        double side = 4 * pitch + 0.6 * unit;
        Rect safe = layout.safe();
        for (double y : new double[] {safe.y(), safe.bottom() - side}) {
            Rect box = new Rect(safe.right() - side, y, side, side);
            if (!space.free(box)) {
                continue;
            }
            space.take(box);
            for (int i = 0; i < 25; i++) {
                Rect dot = new Rect(
                        box.x() + i % 5 * pitch, box.y() + Math.floorDiv(i, 5) * pitch, 0.6 * unit, 0.6 * unit);
                shapes.add(new Shape("dot" + i, "dot", Type.ELLIPSE, dot, "", Look.filled(palette.ink(), 0.5)));
            }
            return;
        }
    }

    private void extra(Extra extra) {
        Rect half = half(extra.position());
        Optional<Rect> room = space.largestSquare(half);
        if (room.isEmpty() || room.get().w() < 8 * unit) {
            room = space.largestSquare(canvas.grown(-4 * unit));
        }
        if (room.isEmpty()) {
            return;
        }
        Rect square = room.get();
        boolean image = extra.type().equals("image") && extra.content().startsWith("sha256:");
        double side = Math.min(square.w() * 0.94, (image ? 60 : 24) * unit);
        Rect box = new Rect(square.centerX() - side / 2, square.centerY() - side / 2, side, side);
        space.take(box.grown(3 * unit));
        Rgb fill = colour(extra.color());
        if (image) {
            Look look = Look.filled(fill, 1).withRadius(3 * unit);
            shapes.add(new Shape(extra.id(), "image", Type.IMAGE, box, extra.content(), look));
        } else if (extra.type().equals("image")) {
            shapes.addAll(motifs.draw(extra.id() + "motif", brief, box, MotifColours.of(palette, brief.style())));
        } else {
            shapes.add(Forms.of(extra, box, fill));
        }
    }

    private Rgb colour(@Nullable Rgb wish) {
        return wish == null ? palette.accent() : wish;
    }

    private Rect half(@Nullable Position position) {
        double third = canvas.h() / 3;
        if (position == null) {
            return layout.safe();
        }
        Rect safe = layout.safe();
        double top = switch (position) {
            case TOP -> 0;
            case CENTER -> third;
            case BOTTOM -> 2 * third;
        };
        return new Rect(safe.x(), top, safe.w(), third);
    }
}
