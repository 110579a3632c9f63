package io.millrace.inference.picture;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a camera was held, as JPEG files say it in their EXIF block (tag 0x0112 of CIPA DC-008). */
final class Orientation {
    private static final int UPRIGHT = 1;
    private static final int TAG = 0x0112;
    private static final int MAX_TAGS = 200;

    private Orientation() {}

    /** The picture as the photographer saw it. */
    static BufferedImage upright(BufferedImage picture, byte[] file) {
        int orientation = read(file);
        if (orientation == UPRIGHT) {
            return picture;
        }
        int width = picture.getWidth();
        int height = picture.getHeight();
        boolean turned = orientation >= 5;
        BufferedImage upright =
                new BufferedImage(turned ? height : width, turned ? width : height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = upright.createGraphics();
        graphics.drawImage(picture, transform(orientation, width, height), null);
        graphics.dispose();
        return upright;
    }

    private static AffineTransform transform(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            default -> new AffineTransform(0, -1, 1, 0, 0, width);
        };
    }

    /** 1 to 8; 1 when the file does not say. */
    static int read(byte[] file) {
        if (file.length < 4 || (file[0] & 255) != 0xFF || (file[1] & 255) != 0xD8) {
            return UPRIGHT;
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 255) == 0xFF) {
            int marker = file[at + 1] & 255;
            int length = bytes.getShort(at + 2) & 0xFFFF;
            if (marker == 0xDA || length < 2) {
                return UPRIGHT;
            }
            if (marker == 0xE1 && at + 10 <= file.length && bytes.getInt(at + 4) == 0x45786966) {
                return inExif(bytes, at + 10, Math.min(file.length, at + 2 + length));
            }
            at += 2 + length;
        }
        return UPRIGHT;
    }

    private static int inExif(ByteBuffer bytes, int start, int end) {
        if (start + 8 > end) {
            return UPRIGHT;
        }
        ByteBuffer block = bytes.duplicate()
                .order(bytes.getShort(start) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long first = start + (block.getInt(start + 4) & 0xFFFFFFFFL);
        if (first + 2 > end) {
            return UPRIGHT;
        }
        int directory = (int) first;
        int count = Math.min(MAX_TAGS, block.getShort(directory) & 0xFFFF);
        for (int i = 0; i < count && directory + 14 + 12 * i <= end; i++) {
            int entry = directory + 2 + 12 * i;
            if ((block.getShort(entry) & 0xFFFF) == TAG) {
                int value = block.getShort(entry + 8) & 0xFFFF;
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}
