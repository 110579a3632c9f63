package io.millrace.inference.poster;

import io.millrace.inference.poster.scene.Pictures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The two pictures of the documentation: the sample, and all posters of a folder side by side. */
final class ContactSheet {
    private static final int HEIGHT = 236;
    private static final int LOW = 204;
    private static final int GAP = 12;
    private static final int WIDTH = 1150;
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
                    write(Pictures.scaled(poster, SAMPLE, height), folder.resolve("poster.png"));
                }
                int height = poster.getWidth() > 1.3 * poster.getHeight() ? LOW : HEIGHT;
                posters.add(Pictures.scaled(poster, poster.getWidth() * height / poster.getHeight(), height));
            }
        }
        posters.sort(Comparator.comparingDouble(poster -> poster.getWidth() / (double) poster.getHeight()));
        List<int[]> places = new ArrayList<>();
        int x = GAP;
        int y = GAP;
        for (BufferedImage poster : posters) {
            if (x + poster.getWidth() + GAP > WIDTH) {
                x = GAP;
                y += HEIGHT + GAP;
            }
            places.add(new int[] {x, y});
            x += poster.getWidth() + GAP;
        }
        BufferedImage sheet = new BufferedImage(WIDTH, y + HEIGHT + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(new Color(0xECECEF));
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < posters.size(); i++) {
            graphics.drawImage(posters.get(i), places.get(i)[0], places.get(i)[1], null);
        }
        graphics.dispose();
        write(sheet, folder.resolve("posters.png"));
    }

    private static void write(BufferedImage picture, Path file) throws IOException {
        ImageIO.write(picture, "png", file.toFile());
    }
}
