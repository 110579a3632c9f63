package io.millrace.inference.poster.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.model.font.Typefaces;
import io.millrace.inference.model.font.Typefaces.Weight;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.elements.Elements;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.scene.Pictures;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.scene.Shape.Look;
import io.millrace.inference.poster.text.Lettering;
import io.millrace.inference.poster.text.Lettering.Line;
import io.millrace.inference.poster.text.Letters;
import io.millrace.inference.poster.type.Align;
import io.millrace.inference.poster.type.Typesetter;
import io.millrace.inference.poster.type.Typesetter.Setting;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

final class ExportTest {
    private static final Setting SETTING = new Setting(40, Weight.BLACK, Align.CENTER, 1.2, 0.02);

    private static LayeredPictures layered() throws Exception {
        Shape card = new Shape(
                "card", "card", Shape.Type.RECT, new Rect(20, 20, 160, 90), "", Look.filled(new Rgb(0xFFFFFF), 0.9));
        Line line = new Line(
                "t1", Role.HEADLINE, new Rect(30, 40, 140, 40), SETTING, List.of("A & <B> 你好"), new Rgb(0x102030), 9);
        return new LayeredPictures(
                new Elements(List.of(card), List.of(), "sha256:0"),
                new Lettering("sha256:1", List.of(line), List.of()),
                new Letters(new Typesetter(Typefaces.load(null))));
    }

    private static BufferedImage noise(int type) {
        BufferedImage picture = new BufferedImage(201, 133, type);
        Random random = new Random(3);
        for (int i = 0; i < 201 * 133; i++) {
            picture.setRGB(
                    i % 201, Math.floorDiv(i, 201), random.nextInt(9) < 4 ? 0xFF336699 : random.nextInt() | 0xFF000000);
        }
        return picture;
    }

    @Test
    void theSvgIsWellFormedAndItsTextIsText() throws Exception {
        BufferedImage flat = noise(BufferedImage.TYPE_INT_RGB);
        String svg = layered().svg(flat, "Tom & Jerry", Pictures.jpeg(flat), Map.of());
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("tspan").item(0).getTextContent())
                .isEqualTo("A & <B> 你好");
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Tom & Jerry");
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < document.getElementsByTagName("g").getLength(); i++) {
            groups.add(document.getElementsByTagName("g")
                    .item(i)
                    .getAttributes()
                    .getNamedItem("id")
                    .getNodeValue());
        }
        assertThat(groups).containsExactly("background", "panels", "text");
    }

    /** Reads the document back as far as its layers go, with a reader written from the specification. */
    @Test
    void thePsdHoldsEveryLayerByNameAndTheFlatPicture() throws Exception {
        BufferedImage flat = noise(BufferedImage.TYPE_INT_RGB);
        byte[] psd = layered().psd(flat, noise(BufferedImage.TYPE_INT_RGB), Map.of());
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(psd))) {
            assertThat(new String(in.readNBytes(4), StandardCharsets.US_ASCII)).isEqualTo("8BPS");
            in.skipNBytes(2 + 6 + 2);
            assertThat(in.readInt()).isEqualTo(133);
            assertThat(in.readInt()).isEqualTo(201);
            in.skipNBytes(4);
            in.skipNBytes(in.readInt());
            in.skipNBytes(in.readInt());
            int section = in.readInt();
            byte[] layers = in.readNBytes(section);
            assertThat(names(layers)).containsExactly("background", "panels", "A & <B> 你好");
            assertThat(in.readShort()).isEqualTo((short) 1);
            assertThat(plane(in, 201, 133 * 3)).isEqualTo(planes(flat));
            assertThat(in.available()).isZero();
        }
    }

    private static List<String> names(byte[] section) throws Exception {
        List<String> names = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(section));
        in.readInt();
        int count = in.readShort();
        for (int i = 0; i < count; i++) {
            in.skipNBytes(16);
            int channels = in.readShort();
            in.skipNBytes(6L * channels);
            assertThat(new String(in.readNBytes(8), StandardCharsets.US_ASCII)).isEqualTo("8BIMnorm");
            in.skipNBytes(4);
            byte[] extra = in.readNBytes(in.readInt());
            String text = new String(extra, StandardCharsets.ISO_8859_1);
            DataInputStream unicode =
                    new DataInputStream(new ByteArrayInputStream(extra, text.indexOf("8BIMluni") + 12, extra.length));
            StringBuilder name = new StringBuilder();
            for (int left = unicode.readInt(); left > 0; left--) {
                name.append(unicode.readChar());
            }
            names.add(name.toString());
        }
        return names;
    }

    private static byte[] plane(DataInputStream in, int width, int rows) throws Exception {
        in.skipNBytes(2L * rows);
        byte[] plane = new byte[width * rows];
        for (int at = 0; at < plane.length; ) {
            int code = in.readByte();
            int count = code < 0 ? 1 - code : code + 1;
            byte first = in.readByte();
            plane[at++] = first;
            for (int i = 1; i < count; i++) {
                plane[at++] = code < 0 ? first : in.readByte();
            }
        }
        return plane;
    }

    private static byte[] planes(BufferedImage picture) {
        byte[] planes = new byte[201 * 133 * 3];
        for (int i = 0; i < planes.length; i++) {
            int pixel = i % (201 * 133);
            int rgb = picture.getRGB(pixel % 201, Math.floorDiv(pixel, 201));
            planes[i] = (byte) (rgb >> 16 - 8 * Math.floorDiv(i, 201 * 133));
        }
        return planes;
    }
}
