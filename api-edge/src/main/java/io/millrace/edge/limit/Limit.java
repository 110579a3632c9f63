package io.millrace.edge.limit;

/** What is counted. */
public enum Limit {
    /** Requests that make tasks; a batch or campaign is one. */
    SUBMITS("submits"),
    /** Streams and sockets that are opened. */
    CONNECTS("connects"),
    /** Questions for the state of tasks, campaigns and lanes; a 304 counts as any other answer. */
    POLLS("polls"),
    /** Tokens that are issued or renewed. */
    TOKENS("token requests");

    private final String noun;

    Limit(String noun) {
        this.noun = noun;
    }

    String noun() {
        return noun;
    }
}
