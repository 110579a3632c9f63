package io.millrace.inference.model.torchscript;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive: the module's parameters as raw tensors and its {@code forward} in TorchScript's own source form.
 * The same calls give the same bytes.
 *
 * <p>Layout of the archive: {@code data.pkl} (the object), {@code data/N} (little-endian floats), {@code code/__torch__.py}, {@code constants.pkl},
 * {@code version}; all stored, not deflated, as the loader maps them.
 */
public final class ModuleWriter {
    private final String name;
    private final String arguments;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final StringBuilder body = new StringBuilder();

    @SuppressWarnings("ArrayRecordComponent") // is never compared
    private record Parameter(float[] values, long[] shape) {}

    /**
     * @param name class name of the module
     * @param arguments names of the tensors {@code forward} takes
     */
    public ModuleWriter(String name, String... arguments) {
        this.name = name;
        this.arguments = String.join(": Tensor,\n    ", arguments) + ": Tensor";
    }

    /** A tensor {@code self.NAME} in row-major order. */
    public ModuleWriter parameter(String parameterName, float[] values, long... shape) {
        parameters.put(parameterName, new Parameter(values, shape));
        return this;
    }

    /** One statement of {@code forward}; the last one returns a tensor. */
    public ModuleWriter line(String statement) {
        body.append("    ").append(statement).append('\n');
        return this;
    }

    public void writeTo(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            put(zip, "m/data.pkl", object());
            put(zip, "m/code/__torch__.py", source().getBytes(StandardCharsets.UTF_8));
            int index = 0;
            for (Parameter parameter : parameters.values()) {
                put(zip, "m/data/" + index++, bytes(parameter.values()));
            }
            put(zip, "m/constants.pkl", new Pickle().op(')').finish());
            put(zip, "m/version", "3\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private String source() {
        StringBuilder code = new StringBuilder("class " + name + "(Module):\n  __parameters__ = [");
        parameters.keySet().forEach(key -> code.append('"').append(key).append("\", "));
        code.append("]\n  __buffers__ = []\n");
        parameters.keySet().forEach(key -> code.append("  ").append(key).append(" : Tensor\n"));
        code.append("  training : bool\n");
        code.append("  def forward(self: __torch__." + name + ",\n    " + arguments + ") -> Tensor:\n");
        return code.append(body).toString();
    }

    private byte[] object() {
        Pickle pickle = new Pickle();
        pickle.global("__torch__", name).op(')').op(0x81).op('}').op('(');
        int index = 0;
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            Parameter parameter = entry.getValue();
            pickle.text(entry.getKey()).global("torch._utils", "_rebuild_tensor_v2");
            pickle.op('(').op('(').text("storage").global("torch", "FloatStorage");
            pickle.text(Integer.toString(index++)).text("cpu").number(parameter.values().length);
            pickle.op('t').op('Q').number(0).tuple(parameter.shape()).tuple(strides(parameter.shape()));
            pickle.op(0x89)
                    .global("collections", "OrderedDict")
                    .op(')')
                    .op('R')
                    .op('t')
                    .op('R');
        }
        return pickle.text("training").op(0x89).op('u').op('b').finish();
    }

    private static long[] strides(long[] shape) {
        long[] strides = new long[shape.length];
        long step = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= shape[i];
        }
        return strides;
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    private static void put(ZipOutputStream zip, String path, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(path);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
