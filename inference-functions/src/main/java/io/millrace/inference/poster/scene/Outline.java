package io.millrace.inference.poster.scene;

import java.awt.geom.Path2D;
import java.util.Scanner;

/** SVG path commands M L C Q Z with absolute coordinates. */
public final class Outline {
    private Outline() {}

    /** @throws IllegalArgumentException on any other command */
    public static Path2D parse(String path) {
        Path2D outline = new Path2D.Double();
        try (Scanner in = new Scanner(path).useDelimiter("[\\s,]+").useLocale(java.util.Locale.ROOT)) {
            while (in.hasNext()) {
                String command = in.next();
                switch (command) {
                    case "M" -> outline.moveTo(in.nextDouble(), in.nextDouble());
                    case "L" -> outline.lineTo(in.nextDouble(), in.nextDouble());
                    case "Q" -> outline.quadTo(in.nextDouble(), in.nextDouble(), in.nextDouble(), in.nextDouble());
                    case "C" ->
                        outline.curveTo(
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble());
                    case "Z" -> outline.closePath();
                    default ->
                        throw new IllegalArgumentException("path command " + command + " is not one of M L C Q Z");
                }
            }
        }
        return outline;
    }
}
