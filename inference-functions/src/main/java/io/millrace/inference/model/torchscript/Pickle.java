package io.millrace.inference.model.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The few opcodes of Python's pickle protocol 2 that a TorchScript module needs. */
final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
        op(0x80).op(2);
    }

    Pickle op(int opcode) {
        out.write(opcode);
        return this;
    }

    Pickle op(char opcode) {
        return op((int) opcode);
    }

    /** A class by module and name. */
    Pickle global(String module, String name) {
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Pickle text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        op('X');
        littleEndian(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    Pickle number(long value) {
        op('J');
        littleEndian((int) value);
        return this;
    }

    Pickle tuple(long[] values) {
        op('(');
        for (long value : values) {
            number(value);
        }
        return op('t');
    }

    byte[] finish() {
        op('.');
        return out.toByteArray();
    }

    private void littleEndian(int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >> shift);
        }
    }
}
