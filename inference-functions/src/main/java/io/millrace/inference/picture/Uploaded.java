package io.millrace.inference.picture;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.task.ErrorCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads the pictures of callers: PNG, JPEG, GIF and BMP, as they were meant to be seen. What has more than {@link #KEPT_PIXELS} is read at a
 * half, a third and so on of its size: functions of this process share a small heap.
 */
public final class Uploaded {
    /** Side of the smallest and the largest picture that is taken. */
    public static final int MIN_SIDE = 32;

    public static final int MAX_SIDE = 12_000;

    /** Most pixels of a picture as functions see it. */
    public static final int KEPT_PIXELS = 2_600_000;

    private static final long MAX_BYTES = 64L << 20;
    private static final long MAX_PIXELS = 40_000_000;

    private Uploaded() {}

    /**
     * Reads a picture from the artifact store.
     *
     * @param field parameter that names it, for the message
     * @param ref {@code sha256:HEX}
     * @throws PhaseFailure BAD_INPUT when it is no picture that can be read, UNAVAILABLE when the store does not answer
     */
    public static BufferedImage read(PhaseContext context, String field, String ref) throws PhaseFailure {
        return read(context, field, ref, Bounds.USUAL);
    }

    /** As {@link #read(PhaseContext, String, String)}, within other bounds. */
    public static BufferedImage read(PhaseContext context, String field, String ref, Bounds bounds)
            throws PhaseFailure {
        return decode(field, bytes(context, field, ref), bounds);
    }

    private static byte[] bytes(PhaseContext context, String field, String ref) throws PhaseFailure {
        try {
            ArtifactRef artifact = ArtifactRef.parse(ref);
            Optional<Long> size = context.artifacts().size(artifact);
            if (size.isEmpty()) {
                throw PhaseFailure.badInput(field, "names no artifact: upload the picture first");
            }
            if (size.get() > MAX_BYTES) {
                throw PhaseFailure.badInput(field, "is larger than 64 MiB: send a smaller file");
            }
            return context.artifacts().read(artifact);
        } catch (IllegalArgumentException e) {
            throw PhaseFailure.badInput(field, "must be a reference sha256:HEX of an upload");
        } catch (IOException e) {
            throw new PhaseFailure(ErrorCode.UNAVAILABLE, "artifact store: " + e.getMessage());
        }
    }

    /** As {@link #read}, from the bytes of the file. Size is looked at before a pixel is unpacked. */
    public static BufferedImage decode(String field, byte[] file) throws PhaseFailure {
        return decode(field, file, Bounds.USUAL);
    }

    private static BufferedImage decode(String field, byte[] file, Bounds bounds) throws PhaseFailure {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw PhaseFailure.badInput(field, "is no picture that can be read: send PNG, JPEG, GIF or WebP");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                requireSize(field, reader.getWidth(0), reader.getHeight(0), bounds.minSide());
                int every = every(reader.getWidth(0), reader.getHeight(0), bounds.keptPixels());
                ImageReadParam param = reader.getDefaultReadParam();
                param.setSourceSubsampling(every, every, 0, 0);
                return Orientation.upright(reader.read(0, param), file);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Decoders answer broken files with any exception they like.
            throw PhaseFailure.badInput(field, "cannot be read as a picture: " + e.getMessage());
        }
    }

    private static int every(int width, int height, int kept) {
        int every = 1;
        while ((long) (width / every) * (height / every) > kept) {
            every++;
        }
        return every;
    }

    private static void requireSize(String field, int width, int height, int minSide) throws PhaseFailure {
        boolean fits = Math.min(width, height) >= minSide
                && Math.max(width, height) <= MAX_SIDE
                && (long) width * height <= MAX_PIXELS;
        if (!fits) {
            throw PhaseFailure.badInput(
                    field,
                    "is " + width + " x " + height + " pixels: sides must be from " + minSide + " to " + MAX_SIDE
                            + " and the whole at most 40 megapixels");
        }
    }
}
