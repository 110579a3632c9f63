package io.millrace.inference.model;

import ai.djl.Device;

/** Settings of DJL that must stand before its first class is used. */
public final class Djl {
    private Djl() {}

    /** Sets what is not set: no downloads, one thread per operation (with more, a busy machine takes ten times as long). */
    public static void prepare() {
        set("ai.djl.offline", "true");
        set("ai.djl.pytorch.num_threads", "1");
        set("ai.djl.pytorch.num_interop_threads", "1");
        set("java.awt.headless", "true");
    }

    /** @param name {@code cpu}, {@code cuda} or {@code cuda:N} */
    public static Device device(String name) {
        return Device.fromName(name.equals("cuda") ? "gpu" : name.replace("cuda:", "gpu"));
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
