package io.millrace.inference.poster;

import io.millrace.inference.poster.scene.Pictures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The two pictures of the documentation: the sample, and all posters of a folder in rows of equal width. */
final class ContactSheet {
    private static final int WIDTH = 1680;
    private static final int ROW = 330;
    private static final int GAP = 18;
    private static final int SAMPLE = 410;

    private ContactSheet() {}

    static void make(Path folder) throws IOException {
        List<BufferedImage> posters = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches("\\d.*png"))
                    .sorted()
                    .toList()) {
                BufferedImage poster = ImageIO.read(file.toFile());
                if (posters.isEmpty()) {
                    int height = poster.getHeight() * SAMPLE / poster.getWidth();
                    ImageIO.write(
                            Pictures.scaled(poster, SAMPLE, height),
                            "png",
                            folder.resolve("poster.png").toFile());
                }
                posters.add(poster);
            }
        }
        List<List<BufferedImage>> rows = rows(posters);
        int height = GAP;
        for (List<BufferedImage> row : rows) {
            height += rowHeight(row) + GAP;
        }
        BufferedImage sheet = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(new Color(0xF1F1F3));
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        int y = GAP;
        for (List<BufferedImage> row : rows) {
            int high = rowHeight(row);
            double x = GAP;
            for (BufferedImage poster : row) {
                double wide = high * poster.getWidth() / (double) poster.getHeight();
                int left = (int) Math.round(x);
                graphics.drawImage(Pictures.scaled(poster, (int) Math.round(x + wide) - left, high), left, y, null);
                x += wide + GAP;
            }
            y += high + GAP;
        }
        graphics.dispose();
        Files.write(folder.resolve("posters.jpg"), Pictures.jpeg(sheet));
    }

    private static double aspects(List<BufferedImage> row) {
        return row.stream()
                .mapToDouble(poster -> poster.getWidth() / (double) poster.getHeight())
                .sum();
    }

    private static int rowHeight(List<BufferedImage> row) {
        return (int) Math.round(Math.min(fullHeight(row), ROW * 1.25));
    }

    /** The rows that leave least of the last one empty, of heights about the usual. */
    private static List<List<BufferedImage>> rows(List<BufferedImage> posters) {
        List<List<BufferedImage>> best = List.of();
        double least = Double.MAX_VALUE;
        for (int most = ROW - 50; most <= ROW + 50; most += 2) {
            List<List<BufferedImage>> rows = rows(posters, most);
            double high = fullHeight(rows.get(rows.size() - 1));
            if (high < least) {
                least = high;
                best = rows;
            }
        }
        return best;
    }

    private static List<List<BufferedImage>> rows(List<BufferedImage> posters, int most) {
        List<List<BufferedImage>> rows = new ArrayList<>();
        List<BufferedImage> row = new ArrayList<>();
        for (BufferedImage poster : posters) {
            row.add(poster);
            if (fullHeight(row) <= most) {
                rows.add(row);
                row = new ArrayList<>();
            }
        }
        if (!row.isEmpty()) {
            rows.add(row);
        }
        return rows;
    }

    /** How high a row is that fills the width. */
    private static double fullHeight(List<BufferedImage> row) {
        return (WIDTH - GAP * (row.size() + 1)) / aspects(row);
    }
}
