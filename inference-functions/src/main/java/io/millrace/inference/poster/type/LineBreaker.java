package io.millrace.inference.poster.type;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Breaks Chinese and Latin text into lines. Chinese breaks between any two characters, Latin between words; closing punctuation
 * never begins a line and opening punctuation never ends one (the basic rules of GB/T 15834 and JIS X 4051), and a number keeps its
 * unit.
 */
public final class LineBreaker {
    private static final String NOT_FIRST = "，。、；：？！）】》」』”’…—～·％,.;:?!)]}%~/|";
    private static final String NOT_LAST = "（【《「『“‘([{¥￥$#@";
    private static final String UNITS = "年月日号元折点时分件天周岁位人名米级个%％";

    private final ToDoubleFunction<String> width;

    /** @param width of a piece of text, in the unit of the limits */
    public LineBreaker(ToDoubleFunction<String> width) {
        this.width = width;
    }

    /** Fewest lines, as even as they get: the narrowest measure that needs no more lines. */
    public List<String> balanced(String text, double limit) {
        List<String> lines = greedy(text, limit);
        if (lines.size() < 2) {
            return lines;
        }
        double low = limit / 2;
        double high = limit;
        List<String> best = lines;
        for (int i = 0; i < 12; i++) {
            double middle = (low + high) / 2;
            List<String> tried = greedy(text, middle);
            if (tried.size() <= lines.size() && widest(tried) <= limit) {
                best = tried;
                high = middle;
            } else {
                low = middle;
            }
        }
        return best;
    }

    /** As much on each line as fits. A single word wider than the limit is cut; line feeds always break. */
    public List<String> greedy(String text, double limit) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.strip().split("\\R", -1)) {
            fill(pieces(paragraph), limit, lines);
        }
        return lines;
    }

    private double widest(List<String> lines) {
        return lines.stream().mapToDouble(width).max().orElse(0);
    }

    private void fill(List<String> pieces, double limit, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String piece : pieces) {
            if (width.applyAsDouble((line + piece).strip()) <= limit) {
                line.append(piece);
                continue;
            }
            flush(line, lines);
            line.append(cut(piece.stripLeading(), limit, lines));
        }
        flush(line, lines);
    }

    /** Sends full lines of a piece that is too wide by itself and gives back the rest. */
    private String cut(String piece, double limit, List<String> lines) {
        String rest = piece;
        while (width.applyAsDouble(rest.strip()) > limit && rest.codePointCount(0, rest.length()) > 1) {
            int end = rest.offsetByCodePoints(0, 1);
            while (end < rest.length()
                    && width.applyAsDouble(rest.substring(0, rest.offsetByCodePoints(end, 1))) <= limit) {
                end = rest.offsetByCodePoints(end, 1);
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end);
        }
        return rest;
    }

    private static void flush(StringBuilder line, List<String> lines) {
        String done = line.toString().strip();
        if (!done.isEmpty()) {
            lines.add(done);
        }
        line.setLength(0);
    }

    /** What must stay together. Spaces go with what follows, and vanish at the start of a line. */
    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        int last = ' ';
        for (int i = 0; i < text.length(); i += Character.charCount(last)) {
            int next = text.codePointAt(i);
            if (current.length() > 0 && !together(last, next)) {
                pieces.add(current.toString());
                current.setLength(0);
            }
            current.appendCodePoint(next);
            last = next;
        }
        if (current.length() > 0) {
            pieces.add(current.toString());
        }
        return pieces;
    }

    private static boolean together(int last, int next) {
        if (Character.isWhitespace(last)) {
            return true;
        }
        if (NOT_FIRST.indexOf(next) >= 0 || NOT_LAST.indexOf(last) >= 0) {
            return true;
        }
        if (Character.isWhitespace(next)) {
            return false;
        }
        if (Character.isDigit(last) && UNITS.indexOf(next) >= 0) {
            return true;
        }
        return !wide(last) && !wide(next);
    }

    /** Scripts written without spaces. */
    private static boolean wide(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, HANGUL -> true;
            default -> (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF01 && c <= 0xFF60);
        };
    }
}
