package io.millrace.inference.registry;

/**
 * How one model stands.
 *
 * @param detail why it failed; else empty
 * @param bytes of its files, once it was loaded
 * @param loadMillis what loading took, files included
 * @param warmUpMillis what the first computation took
 * @param residentBytes by how much the process grew while it was loaded; about, as others load beside it
 */
public record ModelState(
        ModelSpec spec,
        String device,
        Status status,
        String detail,
        long bytes,
        long loadMillis,
        long warmUpMillis,
        long residentBytes) {
    /** {@code UNUSED}: no function has asked for it. */
    public enum Status {
        UNUSED,
        LOADING,
        READY,
        FAILED
    }

    static ModelState unused(ModelSpec spec, String device) {
        return new ModelState(spec, device, Status.UNUSED, "", 0, 0, 0, 0);
    }

    ModelState loading() {
        return new ModelState(spec, device, Status.LOADING, "", 0, 0, 0, 0);
    }

    ModelState failed(String why) {
        return new ModelState(spec, device, Status.FAILED, why, 0, 0, 0, 0);
    }
}
