package io.millrace.edge.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * What the first bytes of a picture say, without decoding it.
 *
 * @param format {@code png, jpeg, gif} or another the JDK reads
 */
record PictureHead(String format, long width, long height) {
    /** A few kilobytes as a file may be some hundred megabytes as a picture: more is not decoded. */
    private static final long MAX_PIXELS = 40_000_000;

    /** Empty when it is no picture that can be drawn. */
    static Optional<PictureHead> of(InputStream bytes) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(bytes)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                String format = reader.getFormatName().toLowerCase(Locale.ROOT);
                return Optional.of(new PictureHead(format, reader.getWidth(0), reader.getHeight(0)));
            } catch (IOException | RuntimeException e) {
                // Broken files make readers throw what they like.
                return Optional.empty();
            } finally {
                reader.dispose();
            }
        }
    }

    boolean tooLarge() {
        return width * height > MAX_PIXELS;
    }
}
