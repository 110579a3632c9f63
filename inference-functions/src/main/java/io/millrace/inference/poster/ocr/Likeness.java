package io.millrace.inference.poster.ocr;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.IntStream;

/** Whether two texts say the same to a reader: width, case, spaces and punctuation do not count. */
final class Likeness {
    private Likeness() {}

    /** Letters and digits only, in their plain form. */
    static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}%¥$€]", "");
    }

    /** 1 when equal, 0 when nothing agrees: 1 - edit distance / length of the wanted text. */
    static double of(String wanted, String read) {
        String a = normal(wanted);
        String b = normal(read);
        if (a.isEmpty()) {
            return 1;
        }
        return Math.max(0, 1 - distance(a, b) / (double) a.length());
    }

    /**
     * Of three characters or more just one letter, or the sign of the yuan, taken for a letter: readers do that with display faces; what hides
     * or cuts a text loses letters.
     */
    static boolean slip(String wanted, String read) {
        String a = normal(wanted);
        String b = normal(read);
        if (a.length() < 3 || a.length() != b.length()) {
            return false;
        }
        int[] wrong = IntStream.range(0, a.length())
                .filter(i -> a.charAt(i) != b.charAt(i))
                .toArray();
        if (wrong.length != 1 || !Character.isLetter(b.charAt(wrong[0]))) {
            return false;
        }
        char meant = a.charAt(wrong[0]);
        return Character.isLetter(meant) || (meant == '¥' && b.charAt(wrong[0]) == 'y');
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, change);
            }
        }
        return row[b.length()];
    }
}
