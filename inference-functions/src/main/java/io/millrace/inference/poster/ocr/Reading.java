package io.millrace.inference.poster.ocr;

import java.util.List;

/**
 * Result of {@code checking_ocr}.
 *
 * @param recall share of the texts that were found, 0 to 1
 * @param checks one for each text
 * @param lines everything that was read, top to bottom
 */
public record Reading(double recall, List<Check> checks, List<String> lines) {
    public Reading {
        checks = List.copyOf(checks);
        lines = List.copyOf(lines);
    }

    /**
     * @param read what stands where the text should be
     * @param similarity 0 to 1, of the letters and digits
     */
    public record Check(String id, String wanted, String read, double similarity, boolean found) {}
}
