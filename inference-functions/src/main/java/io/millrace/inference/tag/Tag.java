package io.millrace.inference.tag;

/**
 * One label of a picture.
 *
 * @param score 0 to 1
 * @param source {@code measured}, {@code network} or {@code model} (a trained classifier)
 */
record Tag(String tag, double score, String source) {
    static final String MEASURED = "measured";
    static final String NETWORK = "network";
    static final String MODEL = "model";

    Tag {
        score = Math.round(1000 * Math.max(0, Math.min(1, score))) / 1000.0;
    }
}
