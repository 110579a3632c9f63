package io.millrace.inference.model.head;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file of a {@link Head}: {@code MRHEAD1\n}, then as {@link java.io.DataOutput} writes them the features' version, inputs, hidden, the number
 * of labels, the labels, and the weights as floats. It holds numbers and names alone: reading one from a stranger runs nothing.
 */
public final class HeadFile {
    private static final byte[] MAGIC = "MRHEAD1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_INPUTS = 8192;

    private HeadFile() {}

    public static byte[] write(Head head) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeUTF(head.features());
            out.writeInt(head.inputs());
            out.writeInt(head.hidden());
            out.writeInt(head.labels().size());
            for (String label : head.labels()) {
                out.writeUTF(label);
            }
            for (float[] weight : head.weights()) {
                for (float value : weight) {
                    out.writeFloat(value);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /** Reads one. @throws IOException when the bytes are not such a file, or not a whole one */
    public static Head read(byte[] file) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException("it is no trained classifier");
            }
            String features = in.readUTF();
            int inputs = within(in.readInt(), MAX_INPUTS, "inputs");
            int hidden = within(in.readInt(), Head.MAX_HIDDEN, "hidden");
            int count = within(in.readInt(), Head.MAX_LABELS, "labels");
            List<String> labels = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                labels.add(in.readUTF());
            }
            int[] sizes = Head.sizes(inputs, hidden, count);
            float[][] weights = new float[sizes.length][];
            for (int i = 0; i < sizes.length; i++) {
                weights[i] = new float[sizes[i]];
                for (int j = 0; j < sizes[i]; j++) {
                    weights[i][j] = in.readFloat();
                }
            }
            return new Head(labels, features, inputs, hidden, weights);
        } catch (IOException e) {
            throw new IOException("not a trained classifier that can be read: " + e.getMessage(), e);
        }
    }

    private static int within(int value, int max, String name) throws IOException {
        if (value < 1 || value > max) {
            throw new IOException(name + " is " + value + ", not 1 to " + max);
        }
        return value;
    }
}
