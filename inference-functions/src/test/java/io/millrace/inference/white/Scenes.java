package io.millrace.inference.white;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Product pictures put together from things of known outline, on grounds as they are met in studios and kitchens. */
final class Scenes {
    static final int WIDTH = 540;
    static final int HEIGHT = 540;
    /** Outlines are drawn on a sheet of 900. */
    private static final double SCALE = WIDTH / 900.0;

    private Scenes() {}

    enum Ground {
        PLAIN,
        LIGHT,
        GRADIENT,
        VIGNETTE,
        PAPER,
        WOOD
    }

    enum Thing {
        BOTTLE,
        MUG,
        SNEAKER,
        RING,
        LAMP,
        BOX
    }

    /** A picture and the outline of its subject. */
    record Scene(String name, BufferedImage picture, Shape outline) {
        @Override
        public String toString() {
            return name;
        }

        /** Intersection over union of a mask, cut at one half, with the outline. */
        double overlap(BufferedImage mask) {
            BufferedImage truth = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
            Graphics2D graphics = truth.createGraphics();
            graphics.setColor(Color.WHITE);
            graphics.fill(outline);
            graphics.dispose();
            long both = 0;
            long either = 0;
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                boolean here = truth.getRaster().getSample(i % WIDTH, i / WIDTH, 0) > 127;
                boolean there = mask.getRaster().getSample(i % WIDTH, i / WIDTH, 0) > 127;
                both += here && there ? 1 : 0;
                either += here || there ? 1 : 0;
            }
            return both / (double) either;
        }
    }

    static List<Scene> all() {
        return Arrays.stream(Thing.values())
                .flatMap(thing -> Arrays.stream(Ground.values()).map(ground -> scene(thing, ground)))
                .toList();
    }

    static Scene scene(Thing thing, Ground ground) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(thing.ordinal() * 31L + ground.ordinal());
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        lay(graphics, ground, random);
        Shape outline = AffineTransform.getScaleInstance(SCALE, SCALE).createTransformedShape(outline(thing));
        shadow(picture, outline);
        draw(graphics, thing, outline);
        graphics.dispose();
        BufferedImage seen = blurred(picture);
        grain(seen, random);
        return new Scene(thing + " on " + ground, seen, outline);
    }

    private static void lay(Graphics2D graphics, Ground ground, Random random) {
        switch (ground) {
            case PLAIN -> graphics.setColor(new Color(0x8FA7B5));
            case LIGHT -> graphics.setColor(new Color(0xEDEBE7));
            case GRADIENT ->
                graphics.setPaint(new GradientPaint(0, 0, new Color(0xDDE3EA), 0, HEIGHT, new Color(0x7D8794)));
            case VIGNETTE ->
                graphics.setPaint(
                        new RadialGradientPaint(WIDTH / 2f, HEIGHT / 2f, WIDTH * .75f, new float[] {0, 1}, new Color[] {
                            new Color(0xD9CDBD), new Color(0x8A7B68)
                        }));
            case PAPER -> graphics.setColor(new Color(0xC9B79A));
            case WOOD -> graphics.setColor(new Color(0xB98D5E));
        }
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        int marks = ground == Ground.PAPER ? 2500 : ground == Ground.WOOD ? 100 : 0;
        for (int i = 0; i < marks; i++) {
            graphics.setColor(new Color(60, 40, 20, 6 + random.nextInt(12)));
            int length = ground == Ground.WOOD ? WIDTH : 3;
            graphics.fillRect(
                    ground == Ground.WOOD ? 0 : random.nextInt(WIDTH),
                    random.nextInt(HEIGHT),
                    length,
                    1 + random.nextInt(3));
        }
    }

    private static Shape outline(Thing thing) {
        return switch (thing) {
            case BOTTLE -> {
                Area bottle = new Area(new RoundRectangle2D.Double(340, 330, 220, 470, 70, 70));
                bottle.add(new Area(new Ellipse2D.Double(340, 250, 220, 200)));
                bottle.add(new Area(new Rectangle2D.Double(412, 130, 76, 180)));
                yield bottle;
            }
            case MUG -> {
                Area mug = new Area(new RoundRectangle2D.Double(260, 330, 320, 360, 60, 60));
                Area handle = new Area(new Ellipse2D.Double(510, 400, 190, 210));
                handle.subtract(new Area(new Ellipse2D.Double(545, 440, 115, 130)));
                mug.add(handle);
                yield mug;
            }
            case SNEAKER -> {
                Path2D shoe = new Path2D.Double();
                shoe.moveTo(150, 620);
                shoe.curveTo(140, 500, 190, 430, 230, 420);
                shoe.curveTo(330, 400, 330, 480, 420, 500);
                shoe.curveTo(540, 530, 700, 540, 750, 600);
                shoe.curveTo(780, 640, 770, 690, 740, 700);
                shoe.lineTo(180, 700);
                shoe.curveTo(150, 690, 150, 650, 150, 620);
                shoe.closePath();
                yield shoe;
            }
            case RING -> {
                Area ring = new Area(new Ellipse2D.Double(250, 250, 400, 400));
                ring.subtract(new Area(new Ellipse2D.Double(330, 330, 240, 240)));
                yield ring;
            }
            case LAMP -> {
                Path2D shade = new Path2D.Double();
                shade.moveTo(370, 200);
                shade.lineTo(530, 200);
                shade.lineTo(640, 430);
                shade.lineTo(260, 430);
                shade.closePath();
                Area lamp = new Area(shade);
                lamp.add(new Area(new Rectangle2D.Double(436, 420, 28, 290)));
                lamp.add(new Area(new RoundRectangle2D.Double(330, 700, 240, 40, 30, 30)));
                yield lamp;
            }
            case BOX -> new Rectangle2D.Double(260, 300, 380, 380);
        };
    }

    private static void draw(Graphics2D graphics, Thing thing, Shape outline) {
        Color[] colours = {
            new Color(0x1E6B52),
            new Color(0xC8412F),
            new Color(0x24365E),
            new Color(0xD8A928),
            new Color(0x3A3A3F),
            new Color(0x7B3FA0)
        };
        Color colour = colours[thing.ordinal()];
        Rectangle2D box = outline.getBounds2D();
        graphics.setPaint(
                new GradientPaint((float) box.getX(), 0, colour.brighter(), (float) box.getMaxX(), 0, colour.darker()));
        graphics.fill(outline);
        Shape clip = graphics.getClip();
        graphics.clip(outline);
        graphics.setColor(new Color(255, 255, 255, 210));
        if (thing == Thing.BOTTLE || thing == Thing.BOX) {
            graphics.fill(new Rectangle2D.Double(box.getX(), box.getCenterY(), box.getWidth(), box.getHeight() / 4));
            graphics.setColor(colour.darker());
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 36));
            graphics.drawString("MILL", (int) box.getX() + 24, (int) box.getCenterY() + 42);
        }
        graphics.setColor(new Color(255, 255, 255, 120));
        graphics.setStroke(new BasicStroke(6));
        graphics.drawLine(
                (int) (box.getX() + box.getWidth() / 5),
                (int) box.getY(),
                (int) (box.getX() + box.getWidth() / 5),
                (int) box.getMaxY());
        graphics.setClip(clip);
    }

    /** What the thing casts on the table. */
    private static void shadow(BufferedImage picture, Shape outline) {
        BufferedImage cast = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = cast.createGraphics();
        Rectangle2D box = outline.getBounds2D();
        graphics.setColor(new Color(0, 0, 0, 95));
        graphics.fill(new Ellipse2D.Double(box.getX() + 6, box.getMaxY() - 18, box.getWidth() + 12, 36));
        graphics.dispose();
        BufferedImage soft = cast;
        for (int i = 0; i < 4; i++) {
            soft = blurred(soft);
        }
        Graphics2D on = picture.createGraphics();
        on.drawImage(soft, 0, 0, null);
        on.dispose();
    }

    private static BufferedImage blurred(BufferedImage picture) {
        int side = picture.getType() == BufferedImage.TYPE_INT_ARGB ? 9 : 3;
        float[] weights = new float[side * side];
        Arrays.fill(weights, 1f / weights.length);
        BufferedImage to = new BufferedImage(picture.getWidth(), picture.getHeight(), picture.getType());
        return new ConvolveOp(new Kernel(side, side, weights), ConvolveOp.EDGE_NO_OP, null).filter(picture, to);
    }

    private static void grain(BufferedImage picture, Random random) {
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int rgb = picture.getRGB(i % WIDTH, i / WIDTH);
            int grain = (int) Math.round(random.nextGaussian() * 3);
            picture.setRGB(
                    i % WIDTH,
                    i / WIDTH,
                    clamp((rgb >> 16 & 255) + grain) << 16
                            | clamp((rgb >> 8 & 255) + grain) << 8
                            | clamp((rgb & 255) + grain));
        }
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
