package io.millrace.inference.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** The course of a training as a picture: loss falling, and the share of right answers rising. */
final class Curve {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 540;
    private static final int LEFT = 84;
    private static final int RIGHT = 84;
    private static final int TOP = 72;
    private static final int BOTTOM = 68;
    private static final Color INK = new Color(0x1F2937);
    private static final Color FAINT = new Color(0xE5E7EB);
    private static final Color LOSS = new Color(0xC2410C);
    private static final Color RIGHT_ANSWERS = new Color(0x0F766E);

    private final JsonNode history;
    private final double most;

    Curve(JsonNode history) {
        this.history = history;
        double highest = 0.1;
        for (JsonNode entry : history) {
            highest = Math.max(highest, entry.path("loss").asDouble());
        }
        this.most = Math.ceil(highest * 5) / 5;
    }

    BufferedImage painted(String title, Font font) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        axes(graphics, font);
        graphics.setFont(font.deriveFont(24f));
        graphics.setColor(INK);
        graphics.drawString(title, LEFT, 44);
        line(graphics, "loss", most, LOSS);
        line(graphics, "validation_accuracy", 1, RIGHT_ANSWERS);
        graphics.dispose();
        return picture;
    }

    private void axes(Graphics2D graphics, Font font) {
        graphics.setFont(font.deriveFont(17f));
        for (int i = 0; i <= 5; i++) {
            int y = (int) y(i / 5.0);
            graphics.setColor(FAINT);
            graphics.drawLine(LEFT, y, WIDTH - RIGHT, y);
            graphics.setColor(LOSS);
            graphics.drawString(String.format(Locale.ROOT, "%.2f", most * i / 5), 30, y + 6);
            graphics.setColor(RIGHT_ANSWERS);
            graphics.drawString(20 * i + " %", WIDTH - RIGHT + 14, y + 6);
        }
        graphics.setColor(INK);
        int epochs = history.size();
        int step = Math.max(1, (epochs + 9) / 10);
        for (int i = 0; i < epochs; i += step) {
            graphics.drawString(history.get(i).path("epoch").asText(), (int) x(i) - 6, HEIGHT - BOTTOM + 26);
        }
        graphics.drawString("epoch", (LEFT + WIDTH - RIGHT) / 2 - 24, HEIGHT - 16);
        graphics.setColor(LOSS);
        graphics.drawString("loss", 30, TOP - 16);
        graphics.setColor(RIGHT_ANSWERS);
        graphics.drawString("kept aside, right", WIDTH - RIGHT - 72, TOP - 16);
    }

    private double x(int index) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (history.size() < 2 ? 0.5 : index / (history.size() - 1.0));
    }

    private static double y(double share) {
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private void line(Graphics2D graphics, String field, double scale, Color color) {
        Path2D path = new Path2D.Double();
        boolean begun = false;
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).has(field)) {
                double at = y(Math.min(1, history.get(i).path(field).asDouble() / scale));
                if (begun) {
                    path.lineTo(x(i), at);
                } else {
                    path.moveTo(x(i), at);
                    begun = true;
                }
            }
        }
        graphics.setColor(color);
        graphics.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        if (begun) {
            graphics.draw(path);
        }
    }
}
