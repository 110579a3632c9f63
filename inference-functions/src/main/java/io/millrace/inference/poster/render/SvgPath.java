package io.millrace.inference.poster.render;

import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SVG path data (SVG 1.1, section 8.3): all commands, absolute and relative. */
final class SvgPath {
    private static final Pattern TOKEN =
            Pattern.compile("([MmLlHhVvCcSsQqTtAaZz])|([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?)");
    private static final int MAX_TOKENS = 20_000;

    private final Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    private final List<String> tokens = new ArrayList<>();
    private int at;
    private Point2D.Double here = new Point2D.Double();
    private Point2D.Double start = new Point2D.Double();
    /** The control point of the last curve of the same kind, for the smooth commands. */
    private Point2D.Double control = new Point2D.Double();

    private char last = ' ';

    private SvgPath() {}

    /** What can be read of the path: as SVG asks, all before the first mistake. */
    static Path2D parse(String data) {
        SvgPath reader = new SvgPath();
        Matcher matcher = TOKEN.matcher(data);
        while (matcher.find() && reader.tokens.size() < MAX_TOKENS) {
            reader.tokens.add(matcher.group());
        }
        reader.read();
        return reader.path;
    }

    private void read() {
        char command = ' ';
        while (at < tokens.size()) {
            String token = tokens.get(at);
            if (Character.isLetter(token.charAt(0))) {
                command = token.charAt(0);
                at++;
            } else if (command == 'M' || command == 'm') {
                // Further pairs of a move are lines.
                command = command == 'M' ? 'L' : 'l';
            }
            boolean first = path.getCurrentPoint() == null;
            if (!enough(command) || (first && Character.toUpperCase(command) != 'M')) {
                return;
            }
            step(command);
            last = Character.toUpperCase(command);
            if (last == 'Z'
                    && at < tokens.size()
                    && !Character.isLetter(tokens.get(at).charAt(0))) {
                return;
            }
        }
    }

    private boolean enough(char command) {
        int needed = switch (Character.toUpperCase(command)) {
            case 'M', 'L', 'T' -> 2;
            case 'H', 'V' -> 1;
            case 'S', 'Q' -> 4;
            case 'C' -> 6;
            case 'A' -> 7;
            case 'Z' -> 0;
            default -> Integer.MAX_VALUE;
        };
        if (needed > tokens.size() - at) {
            return false;
        }
        return tokens.subList(at, at + needed).stream().noneMatch(token -> Character.isLetter(token.charAt(0)));
    }

    private void step(char command) {
        boolean relative = Character.isLowerCase(command);
        switch (Character.toUpperCase(command)) {
            case 'M' -> {
                here = point(relative);
                start = here;
                path.moveTo(here.x, here.y);
            }
            case 'L' -> line(point(relative));
            case 'H' -> line(new Point2D.Double(number() + (relative ? here.x : 0), here.y));
            case 'V' -> line(new Point2D.Double(here.x, number() + (relative ? here.y : 0)));
            case 'C' -> cubic(point(relative), point(relative), point(relative));
            case 'S' -> cubic(last == 'C' || last == 'S' ? mirrored() : here, point(relative), point(relative));
            case 'Q' -> quadratic(point(relative), point(relative));
            case 'T' -> quadratic(last == 'Q' || last == 'T' ? mirrored() : here, point(relative));
            case 'A' -> arc(relative);
            default -> {
                path.closePath();
                here = start;
            }
        }
    }

    private void line(Point2D.Double to) {
        path.lineTo(to.x, to.y);
        here = to;
    }

    private void cubic(Point2D.Double one, Point2D.Double two, Point2D.Double to) {
        path.curveTo(one.x, one.y, two.x, two.y, to.x, to.y);
        control = two;
        here = to;
    }

    private void quadratic(Point2D.Double one, Point2D.Double to) {
        path.quadTo(one.x, one.y, to.x, to.y);
        control = one;
        here = to;
    }

    private Point2D.Double mirrored() {
        return new Point2D.Double(2 * here.x - control.x, 2 * here.y - control.y);
    }

    /** SVG 1.1, F.6.5: from end points to a centre. */
    private void arc(boolean relative) {
        double rx = Math.abs(number());
        double ry = Math.abs(number());
        double angle = Math.toRadians(number());
        boolean large = number() != 0;
        boolean sweep = number() != 0;
        Point2D.Double to = point(relative);
        if (rx == 0 || ry == 0 || here.equals(to)) {
            line(to);
            return;
        }
        double dx = (here.x - to.x) / 2;
        double dy = (here.y - to.y) / 2;
        double x = Math.cos(angle) * dx + Math.sin(angle) * dy;
        double y = -Math.sin(angle) * dx + Math.cos(angle) * dy;
        double grow = Math.max(1, Math.sqrt(x * x / (rx * rx) + y * y / (ry * ry)));
        rx *= grow;
        ry *= grow;
        double left = Math.max(0, rx * rx * ry * ry - rx * rx * y * y - ry * ry * x * x);
        double factor = Math.sqrt(left / (rx * rx * y * y + ry * ry * x * x)) * (large == sweep ? -1 : 1);
        double cx = factor * rx * y / ry;
        double cy = -factor * ry * x / rx;
        double from = Math.toDegrees(Math.atan2((y - cy) / ry, (x - cx) / rx));
        double extent = Math.toDegrees(Math.atan2((-y - cy) / ry, (-x - cx) / rx)) - from;
        if (sweep && extent < 0) {
            extent += 360;
        } else if (!sweep && extent > 0) {
            extent -= 360;
        }
        AffineTransform place = AffineTransform.getTranslateInstance(
                Math.cos(angle) * cx - Math.sin(angle) * cy + (here.x + to.x) / 2,
                Math.sin(angle) * cx + Math.cos(angle) * cy + (here.y + to.y) / 2);
        place.rotate(angle);
        // Java's angles go the other way round.
        Arc2D piece = new Arc2D.Double(-rx, -ry, 2 * rx, 2 * ry, -from, -extent, Arc2D.OPEN);
        path.append(place.createTransformedShape(piece), true);
        here = to;
    }

    private Point2D.Double point(boolean relative) {
        double x = number();
        double y = number();
        return relative ? new Point2D.Double(here.x + x, here.y + y) : new Point2D.Double(x, y);
    }

    private double number() {
        return Scene.clamped(Double.parseDouble(tokens.get(at++)), -1e6, 1e6);
    }
}
