package io.millrace.inference.load;

/**
 * How one function stands.
 *
 * @param detail version when ready, else the reason
 */
public record FunctionState(String name, Status status, String detail) {
    public enum Status {
        LOADING,
        READY,
        UNAVAILABLE
    }
}
