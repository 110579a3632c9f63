package io.millrace.inference.poster.background;

import ai.djl.translate.TranslateException;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.model.pattern.PatternKind;
import io.millrace.inference.model.pattern.PatternModel;
import io.millrace.inference.model.pattern.PatternModel.Calm;
import io.millrace.inference.model.pattern.PatternModel.Request;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.layout.Layout.ArtShape;
import io.millrace.inference.poster.scene.Rect;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.TexturePaint;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.List;

/** Paints the background of one poster: chooses among small patterns, paints the chosen one in full, strip by strip. */
final class BackgroundPainter {
    static final int CANDIDATES = 6;
    /** How much better the second kind of pattern must be. */
    private static final double SECOND = 0.07;
    /** Where more than this share is still, a grid falls apart into stray squares, which costs {@link #STRAY}. */
    private static final double MOSTLY = 0.6;

    private static final double STRAY = 0.4;

    private static final int SMALL_SIDE = 150;
    private static final int STRIP_PIXELS = 50_000;

    private final PatternModel model;
    private final Brief brief;
    private final Layout layout;
    private final Palette palette;
    private final double calm;
    private final Rect window;

    BackgroundPainter(PatternModel model, Brief brief, Layout layout, Palette palette, double extraCalm) {
        this.model = model;
        this.brief = brief;
        this.layout = layout;
        this.palette = palette;
        calm = Looks.calm(brief.style()) + 0.8 * extraCalm;
        window = visible(layout.art().box(), brief.canvas());
    }

    record Choice(long seed, PatternKind kind, double score) {}

    private static Rect visible(Rect box, Brief.Canvas canvas) {
        double left = Math.max(0, Math.floor(box.x()));
        double upper = Math.max(0, Math.floor(box.y()));
        double right = Math.min(canvas.width(), Math.ceil(box.right()));
        double lower = Math.min(canvas.height(), Math.ceil(box.bottom()));
        return new Rect(left, upper, right - left, lower - upper);
    }

    private boolean windowed() {
        return layout.art().shape() != ArtShape.FULL;
    }

    private Request request(int width, int height, double scale, long seed, PatternKind kind) {
        Calm field = new CalmField(layout, window, scale, calm, brief.canvas());
        Request request = new Request(
                width,
                height,
                seed,
                Looks.colours(palette, windowed()),
                Looks.of(brief.style(), kind),
                field,
                kind,
                Looks.mood(brief));
        if (kind != PatternKind.GEOMETRIC) {
            return request;
        }
        // A square is quiet as a whole or not at all.
        int tile = request.tile();
        Calm squares = (x, y) -> field.at(
                Math.min(width - 1, x / tile * tile + tile / 2), Math.min(height - 1, y / tile * tile + tile / 2));
        return new Request(width, height, seed, request.colours(), request.look(), squares, kind, request.mood());
    }

    /** The best of some seeds, judged at a small size. */
    Choice choose(int reseed, PhaseContext context) throws TranslateException, PhaseFailure {
        double scale = Math.min(1, SMALL_SIDE / Math.min(window.w(), window.h()));
        int width = (int) Math.max(1, window.w() * scale);
        int height = (int) Math.max(1, window.h() * scale);
        int[] pixels = new int[width * height];
        List<PatternKind> kinds = Looks.kinds(brief, windowed());
        Choice best = new Choice(0, kinds.get(0), -1);
        for (int i = 0; i < CANDIDATES; i++) {
            context.checkWanted();
            long seed = brief.canvas().seed() * 1000 + reseed * 100L + i;
            boolean first = i < CANDIDATES * 2 / 3;
            PatternKind kind = first ? kinds.get(0) : kinds.get(1);
            Request request = request(width, height, scale, seed, kind);
            model.paint(request, 0, height, pixels);
            Calm still = request.calm();
            double score = PatternScore.of(pixels, width, height, still, palette.ink()) - (first ? 0 : SECOND);
            score -= kind == PatternKind.GEOMETRIC && quiet(still, width, height) > MOSTLY ? STRAY : 0;
            best = score > best.score() ? new Choice(seed, kind, score) : best;
            context.tick(0.2 * (i + 1) / CANDIDATES, "pattern " + (i + 1) + " of " + CANDIDATES);
        }
        return best;
    }

    /** Share of the picture that keeps still. */
    private static double quiet(Calm calm, int width, int height) {
        int still = 0;
        int all = 0;
        for (int y = 2; y < height; y += 5) {
            for (int x = 2; x < width; x += 5) {
                still += calm.at(x, y) > 0.45 ? 1 : 0;
                all++;
            }
        }
        return all == 0 ? 0 : still / (double) all;
    }

    BufferedImage paint(Choice choice, PhaseContext context) throws TranslateException, PhaseFailure {
        int width = (int) window.w();
        int height = (int) window.h();
        BufferedImage pattern = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) pattern.getRaster().getDataBuffer()).getData();
        Request request = request(width, height, 1, choice.seed(), choice.kind());
        int strip = Math.max(8, STRIP_PIXELS / width / 2 * 2);
        int[] rows = new int[strip * width];
        for (int y = 0; y < height; y += strip) {
            context.checkWanted();
            int count = Math.min(strip, height - y);
            model.paint(request, y, count, rows);
            System.arraycopy(rows, 0, pixels, y * width, count * width);
            context.tick(0.2 + 0.75 * (y + count) / height, "strip " + (y + count) + " of " + height);
        }
        return windowed() ? framed(pattern) : pattern;
    }

    private BufferedImage framed(BufferedImage pattern) {
        Brief.Canvas canvas = brief.canvas();
        BufferedImage picture = new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(palette.base().value()));
        graphics.fillRect(0, 0, canvas.width(), canvas.height());
        graphics.setPaint(
                new TexturePaint(pattern, new Rectangle2D.Double(window.x(), window.y(), window.w(), window.h())));
        graphics.fill(opening());
        graphics.dispose();
        return picture;
    }

    private java.awt.Shape opening() {
        Rect box = layout.art().box();
        return switch (layout.art().shape()) {
            case CIRCLE -> new Ellipse2D.Double(box.x(), box.y(), box.w(), box.h());
            case ARCH -> {
                double round = Math.min(box.w(), box.h() * 1.6);
                Area arch = new Area(
                        new RoundRectangle2D.Double(box.x(), box.y(), box.w(), box.h() + round, box.w(), round));
                arch.intersect(new Area(new Rectangle2D.Double(box.x(), box.y(), box.w(), box.h())));
                yield arch;
            }
            case FULL, RECT -> new Rectangle2D.Double(box.x(), box.y(), box.w(), box.h());
        };
    }
}
