package io.millrace.edge.artifact;

import io.millrace.edge.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The uploaded file inside a body on disk. Some clients (aiohttp with a Content-Type set for the whole session) send a multipart body
 * under another Content-Type and thus without naming its boundary; so the header is not asked: a body that begins with {@code --} is
 * multipart, and its first line is the boundary. Any other body is the file itself.
 */
final class MultipartFile implements AutoCloseable {
    private static final int MAX_LINE = 200;
    private static final int MAX_HEAD = 8 * 1024;
    private static final Pattern FILE_NAME =
            Pattern.compile("filename=\"([^\"\\r\\n]{0,255})\"", Pattern.CASE_INSENSITIVE);

    private final FileChannel channel;
    private final ByteBuffer body;
    private String fileName = "";
    private int from;
    private int to;

    private MultipartFile(FileChannel channel) throws IOException {
        this.channel = channel;
        this.body = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        this.to = body.limit();
    }

    /** @throws Problem 400 when a multipart body holds no whole file */
    static MultipartFile of(Path body) throws IOException {
        FileChannel channel = FileChannel.open(body, StandardOpenOption.READ);
        try {
            MultipartFile file = new MultipartFile(channel);
            if (file.body.limit() > 4 && file.body.get(0) == '-' && file.body.get(1) == '-') {
                file.findPart();
            }
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void findPart() {
        int lineEnd = indexOf(bytes("\r\n"), 0, MAX_LINE);
        if (lineEnd < 3) {
            throw broken();
        }
        String boundary = text(0, lineEnd).stripTrailing();
        byte[] delimiter = bytes("\r\n" + boundary);
        int at = lineEnd;
        while (true) {
            int head = at + 2;
            int headEnd = indexOf(bytes("\r\n\r\n"), head, MAX_HEAD);
            int end = headEnd < 0 ? -1 : indexOf(delimiter, headEnd + 2, body.limit());
            if (end < 0) {
                throw broken();
            }
            Matcher name = FILE_NAME.matcher(text(head, headEnd));
            if (name.find()) {
                fileName = name.group(1);
                from = headEnd + 4;
                to = Math.max(from, end);
                return;
            }
            at = end + delimiter.length;
        }
    }

    private int indexOf(byte[] wanted, int start, int within) {
        int last = (int) Math.min((long) start + within, body.limit()) - wanted.length;
        for (int i = start; i <= last; i++) {
            int matched = 0;
            while (matched < wanted.length && body.get(i + matched) == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return i;
            }
        }
        return -1;
    }

    private String text(int start, int end) {
        byte[] bytes = new byte[end - start];
        body.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Problem broken() {
        return Problem.invalid(
                "file", "is not in the body", "Send multipart/form-data with one part that has a filename.");
    }

    /** As the client called it, without folders; empty when it said nothing. */
    String fileName() {
        String name = fileName.replace('\\', '/');
        return name.substring(name.lastIndexOf('/') + 1).replaceAll("\\p{Cntrl}", "");
    }

    long size() {
        return to - from;
    }

    /** The first bytes. */
    byte[] head(int most) {
        byte[] head = new byte[(int) Math.min(most, size())];
        body.get(from, head);
        return head;
    }

    /** The bytes of the file; valid until this is closed. */
    InputStream content() throws IOException {
        channel.position(from);
        return new Bounded(Channels.newInputStream(channel), size());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Ends where the file ends. */
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }
}
