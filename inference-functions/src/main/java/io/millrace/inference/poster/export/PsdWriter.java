package io.millrace.inference.poster.export;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a layered Photoshop document: RGB of 8 bits with an alpha channel for each layer, run-length coded, and the flat picture for
 * those who read no layers. Layers are pixels: text in them is no longer text. After Adobe's "Photoshop File Formats Specification".
 */
public final class PsdWriter {
    /** Alpha first, then red, green and blue, by their ids. */
    private static final int[] CHANNELS = {-1, 0, 1, 2};

    private PsdWriter() {}

    /**
     * @param picture ARGB, not larger than the document
     * @param x of its upper left corner
     * @param opacity 0 to 1
     */
    public record Layer(String name, BufferedImage picture, int x, int y, double opacity) {}

    /**
     * @param flat all layers in one, opaque; its size is the document's
     * @param layers lowest first
     */
    public static byte[] write(BufferedImage flat, List<Layer> layers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBytes("8BPS");
            out.writeShort(1);
            out.write(new byte[6]);
            out.writeShort(3);
            out.writeInt(flat.getHeight());
            out.writeInt(flat.getWidth());
            out.writeShort(8);
            out.writeShort(3); // RGB
            out.writeInt(0); // no colour table
            out.writeInt(0); // no resources
            byte[] info = layerInfo(layers);
            out.writeInt(info.length + 8);
            out.writeInt(info.length);
            out.write(info);
            out.writeInt(0); // no global mask
            composite(out, flat);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] layerInfo(List<Layer> layers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        out.writeShort(layers.size());
        for (Layer layer : layers) {
            BufferedImage picture = layer.picture();
            out.writeInt(layer.y());
            out.writeInt(layer.x());
            out.writeInt(layer.y() + picture.getHeight());
            out.writeInt(layer.x() + picture.getWidth());
            out.writeShort(CHANNELS.length);
            for (int channel : CHANNELS) {
                byte[] coded = channel(picture, channel);
                out.writeShort(channel);
                out.writeInt(coded.length);
                pixels.write(coded);
            }
            out.writeBytes("8BIMnorm");
            out.writeByte((int) Math.round(layer.opacity() * 255));
            out.writeByte(0);
            out.writeByte(0);
            out.writeByte(0);
            extra(out, layer.name());
        }
        out.write(pixels.toByteArray());
        if (out.size() % 2 == 1) {
            out.writeByte(0);
        }
        return bytes.toByteArray();
    }

    /** No mask, no blending ranges, the name in Latin and in Unicode. */
    private static void extra(DataOutputStream out, String name) throws IOException {
        byte[] latin = name.replaceAll("[^\\x20-\\x7e]", "?").getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(60, latin.length);
        int padded = (length + 1 + 3) / 4 * 4;
        byte[] unicode = name.getBytes(StandardCharsets.UTF_16BE);
        int block = (4 + unicode.length + 3) / 4 * 4;
        out.writeInt(4 + 4 + padded + 12 + block);
        out.writeInt(0);
        out.writeInt(0);
        out.writeByte(length);
        out.write(latin, 0, length);
        out.write(new byte[padded - length - 1]);
        out.writeBytes("8BIMluni");
        out.writeInt(block);
        out.writeInt(name.length());
        out.write(unicode);
        out.write(new byte[block - 4 - unicode.length]);
    }

    private static byte[] channel(BufferedImage picture, int channel) throws IOException {
        int height = picture.getHeight();
        ByteArrayOutputStream counts = new ByteArrayOutputStream();
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(counts);
        out.writeShort(1);
        for (int y = 0; y < height; y++) {
            byte[] packed = pack(row(picture, y, channel));
            out.writeShort(packed.length);
            rows.write(packed);
        }
        rows.writeTo(counts);
        return counts.toByteArray();
    }

    private static void composite(DataOutputStream out, BufferedImage flat) throws IOException {
        out.writeShort(1);
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < flat.getHeight(); y++) {
                byte[] packed = pack(row(flat, y, channel));
                out.writeShort(packed.length);
                rows.write(packed);
            }
        }
        rows.writeTo(out);
    }

    private static byte[] row(BufferedImage picture, int y, int channel) {
        int width = picture.getWidth();
        int[] line = picture.getRGB(0, y, width, 1, null, 0, width);
        byte[] row = new byte[width];
        int shift = channel == -1 ? 24 : 16 - 8 * channel;
        for (int x = 0; x < width; x++) {
            row[x] = (byte) (line[x] >> shift);
        }
        return row;
    }

    /** PackBits. */
    static byte[] pack(byte[] row) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(row.length / 2);
        int at = 0;
        while (at < row.length) {
            int run = 1;
            while (at + run < row.length && run < 128 && row[at + run] == row[at]) {
                run++;
            }
            if (run > 1) {
                out.write(1 - run);
                out.write(row[at]);
                at += run;
                continue;
            }
            int end = at + 1;
            while (end < row.length && end - at < 128 && (end + 1 >= row.length || row[end] != row[end + 1])) {
                end++;
            }
            out.write(end - at - 1);
            out.write(row, at, end - at);
            at = end;
        }
        return out.toByteArray();
    }
}
