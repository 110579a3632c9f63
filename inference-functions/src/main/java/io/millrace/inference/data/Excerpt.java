package io.millrace.inference.data;

/** The beginning of a text. */
public final class Excerpt {
    private Excerpt() {}

    /** At most {@code max} characters and an ellipsis; a pair of surrogates is not parted, for half a one cannot be written as JSON. */
    public static String of(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = max > 0 && Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end) + "…";
    }
}
