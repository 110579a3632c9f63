package io.millrace.inference.tag;

import io.millrace.inference.picture.Channels;
import io.millrace.inference.picture.Plane;
import io.millrace.inference.poster.scene.Pictures;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Tags that follow from the pixels: shape, colours, light, sharpness, and whether the ground is plain. */
final class Measured {
    private static final int SIDE = 160;
    private static final double SHARE = 0.12;
    private static final double PLAIN = 0.035;
    private static final double MONOCHROME = 0.03;

    private Measured() {}

    static List<Tag> of(BufferedImage picture) {
        List<Tag> tags = new ArrayList<>();
        double ratio = picture.getWidth() / (double) picture.getHeight();
        tags.add(new Tag(ratio > 1.1 ? "landscape" : ratio < 0.91 ? "portrait" : "square", 1, Tag.MEASURED));
        if (transparent(picture)) {
            tags.add(new Tag("transparent background", 1, Tag.MEASURED));
        }
        double scale = Math.min(1, SIDE / (double) Math.max(picture.getWidth(), picture.getHeight()));
        Channels small = Channels.of(Pictures.scaled(picture, (int) Math.max(4, picture.getWidth() * scale), (int)
                Math.max(4, picture.getHeight() * scale)));
        colours(small, tags);
        light(small, tags);
        double plain = borderSpread(small);
        if (plain < PLAIN) {
            tags.add(new Tag("plain background", 1 - plain / PLAIN / 2, Tag.MEASURED));
        }
        return tags;
    }

    private static boolean transparent(BufferedImage picture) {
        if (!picture.getColorModel().hasAlpha()) {
            return false;
        }
        int clear = 0;
        int[] corners = {
            picture.getRGB(0, 0),
            picture.getRGB(picture.getWidth() - 1, 0),
            picture.getRGB(0, picture.getHeight() - 1),
            picture.getRGB(picture.getWidth() - 1, picture.getHeight() - 1)
        };
        for (int corner : corners) {
            clear += (corner >>> 24) < 16 ? 1 : 0;
        }
        return clear >= 2;
    }

    private static void colours(Channels picture, List<Tag> tags) {
        Map<ColourWord, Integer> counts = new EnumMap<>(ColourWord.class);
        double colourful = 0;
        int count = picture.width() * picture.height();
        for (int i = 0; i < count; i++) {
            float red = picture.red().values()[i];
            float green = picture.green().values()[i];
            float blue = picture.blue().values()[i];
            counts.merge(ColourWord.of(red, green, blue), 1, Integer::sum);
            colourful += Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
        }
        for (ColourWord word : ColourWord.values()) {
            double share = counts.getOrDefault(word, 0) / (double) count;
            if (share >= SHARE) {
                tags.add(new Tag(word.label(), share, Tag.MEASURED));
            }
        }
        if (colourful / count < MONOCHROME) {
            tags.add(new Tag("monochrome", 1, Tag.MEASURED));
        }
    }

    private static void light(Channels picture, List<Tag> tags) {
        double mean = 0;
        double square = 0;
        double edges = 0;
        Plane light = light(picture);
        for (int y = 1; y < light.height(); y++) {
            for (int x = 1; x < light.width(); x++) {
                double value = light.at(x, y);
                mean += value;
                square += value * value;
                edges = Math.max(edges, Math.abs(value - light.at(x - 1, y)));
            }
        }
        int count = (light.width() - 1) * (light.height() - 1);
        mean /= count;
        double spread = Math.sqrt(Math.max(0, square / count - mean * mean));
        if (mean > 0.7) {
            tags.add(new Tag("bright", mean, Tag.MEASURED));
        } else if (mean < 0.3) {
            tags.add(new Tag("dark", 1 - mean, Tag.MEASURED));
        }
        if (spread > 0.28) {
            tags.add(new Tag("high contrast", Math.min(1, spread / 0.4), Tag.MEASURED));
        } else if (spread < 0.08) {
            tags.add(new Tag("low contrast", 1 - spread / 0.16, Tag.MEASURED));
        }
        if (edges < 0.1 && spread > 0.03) {
            tags.add(new Tag("blurred", 1 - edges * 5, Tag.MEASURED));
        }
    }

    private static Plane light(Channels picture) {
        Plane light = new Plane(picture.width(), picture.height());
        for (int i = 0; i < light.values().length; i++) {
            light.values()[i] = 0.299f * picture.red().values()[i]
                    + 0.587f * picture.green().values()[i]
                    + 0.114f * picture.blue().values()[i];
        }
        return light;
    }

    /** How much the outermost pixels differ from each other, 0 to 0.5. */
    private static double borderSpread(Channels picture) {
        double worst = 0;
        for (int channel = 0; channel < 3; channel++) {
            Plane plane = picture.plane(channel);
            double sum = 0;
            double squares = 0;
            int count = 0;
            for (int i = 0; i < plane.values().length; i++) {
                int x = i % plane.width();
                int y = i / plane.width();
                if (x < 3 || y < 3 || x >= plane.width() - 3 || y >= plane.height() - 3) {
                    double value = plane.values()[i];
                    sum += value;
                    squares += value * value;
                    count++;
                }
            }
            worst = Math.max(worst, Math.sqrt(Math.max(0, squares / count - sum / count * (sum / count))));
        }
        return worst;
    }
}
