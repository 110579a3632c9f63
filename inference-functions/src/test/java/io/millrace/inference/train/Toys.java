package io.millrace.inference.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.flow.TaskLine;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Labelled pictures put together at random: mugs, bottles and shoes of any colour, place and size, on any ground. */
final class Toys {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KINDS = List.of("mug", "bottle", "shoe");
    private static final int SIDE = 256;

    private final List<byte[]> files = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();

    Toys(int each) {
        this(each, 0);
    }

    Toys(int each, long seed) {
        for (int i = 0; i < each * KINDS.size(); i++) {
            String kind = KINDS.get(i % KINDS.size());
            labels.add(kind);
            files.add(io.millrace.inference.picture.Files.png(painted(kind, new Random(seed + i))));
        }
    }

    List<String> labels() {
        return labels;
    }

    String ref(int index) {
        return ArtifactRef.of(files.get(index)).toString();
    }

    TaskLine bring(TaskLine line) throws Exception {
        bring(line.artifacts);
        return line;
    }

    void bring(ArtifactStore artifacts) throws IOException {
        for (byte[] file : files) {
            artifacts.put(file);
        }
    }

    void save(Path folder) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            Files.write(folder.resolve(labels.get(i) + "-" + i + ".png"), files.get(i));
        }
    }

    String params(String more) {
        ObjectNode params = JSON.createObjectNode();
        ArrayNode samples = params.putArray("samples");
        for (int i = 0; i < files.size(); i++) {
            samples.addObject().put("image", ref(i)).put("label", labels.get(i));
        }
        String text = params.toString();
        return text.substring(0, text.length() - 1) + ", " + more + "}";
    }

    String asImages(String model) {
        ObjectNode params = JSON.createObjectNode().put("model", model);
        ArrayNode images = params.putArray("images");
        for (int i = 0; i < files.size(); i++) {
            images.add(ref(i));
        }
        return params.toString();
    }

    private static BufferedImage painted(String kind, Random random) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        Color ground =
                Color.getHSBColor(random.nextFloat(), .25f * random.nextFloat(), .55f + .4f * random.nextFloat());
        graphics.setPaint(new GradientPaint(0, 0, ground, 0, SIDE, ground.darker()));
        graphics.fillRect(0, 0, SIDE, SIDE);
        AffineTransform place = AffineTransform.getTranslateInstance(
                SIDE / 2.0 + random.nextInt(30) - 15, SIDE / 2.0 + random.nextInt(30) - 15);
        place.rotate((random.nextDouble() - .5) * .4);
        double size = .8 + .5 * random.nextDouble();
        place.scale(random.nextBoolean() ? size : -size, size);
        Shape shape = place.createTransformedShape(outline(kind));
        Color colour =
                Color.getHSBColor(random.nextFloat(), .5f + .5f * random.nextFloat(), .25f + .5f * random.nextFloat());
        Rectangle2D box = shape.getBounds2D();
        graphics.setPaint(
                new GradientPaint((float) box.getX(), 0, colour.brighter(), (float) box.getMaxX(), 0, colour.darker()));
        graphics.fill(shape);
        graphics.dispose();
        return picture;
    }

    private static Shape outline(String kind) {
        if (kind.equals("mug")) {
            Area mug = new Area(new RoundRectangle2D.Double(-50, -45, 85, 95, 14, 14));
            Area handle = new Area(new Ellipse2D.Double(15, -28, 55, 62));
            handle.subtract(new Area(new Ellipse2D.Double(26, -16, 32, 38)));
            mug.add(handle);
            return mug;
        }
        if (kind.equals("bottle")) {
            Area bottle = new Area(new RoundRectangle2D.Double(-24, -25, 48, 110, 14, 14));
            bottle.add(new Area(new Ellipse2D.Double(-24, -48, 48, 50)));
            bottle.add(new Area(new Rectangle2D.Double(-9, -85, 18, 50)));
            return bottle;
        }
        Path2D shoe = new Path2D.Double();
        shoe.moveTo(-85, 30);
        shoe.curveTo(-90, -20, -70, -40, -55, -38);
        shoe.curveTo(-30, -40, -20, -10, 5, -5);
        shoe.curveTo(45, 2, 85, 5, 88, 28);
        shoe.lineTo(85, 40);
        shoe.lineTo(-80, 40);
        shoe.closePath();
        return shoe;
    }
}
