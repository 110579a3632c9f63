package io.millrace.inference.poster.intent;

import io.millrace.inference.poster.Occasion;
import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.colour.Rgb;
import java.util.List;
import java.util.stream.IntStream;

/** Colours for those who name none. */
final class DefaultColours {
    private DefaultColours() {}

    static List<Rgb> of(Occasion occasion, Style style, String topic) {
        return IntStream.of(values(occasion, style, topic)).mapToObj(Rgb::new).toList();
    }

    private static int[] values(Occasion occasion, Style style, String topic) {
        switch (style) {
            case TECH -> {
                return new int[] {0x4F5BFF, 0x22D3EE};
            }
            case ELEGANT -> {
                return occasion == Occasion.FESTIVAL ? new int[] {0x5A1426, 0xD9A441} : new int[] {0x12332E, 0xD9A441};
            }
            case RETRO -> {
                return new int[] {0xD2552D, 0xE0A030, 0x2F6B68};
            }
            case CHINESE -> {
                return occasion == Occasion.FESTIVAL || occasion == Occasion.PROMO
                        ? new int[] {0xC8161D, 0xF2B84B}
                        : new int[] {0x3E5F57, 0xC8161D};
            }
            case BUSINESS, CARTOON, MINIMALIST -> {}
        }
        boolean quiet = style == Style.MINIMALIST;
        return switch (topic) {
            case "mid_autumn" -> quiet ? new int[] {0x8A7A52, 0x3E5A6B} : new int[] {0x1F3A7A, 0xF2B84B, 0xE8734A};
            case "spring_festival", "national" -> new int[] {0xC8161D, 0xF2B84B};
            case "christmas" -> quiet ? new int[] {0x3F6B53, 0xB23A3A} : new int[] {0x14663F, 0xD7263D, 0xF2B84B};
            case "black_friday" -> new int[] {0x3B1D6E, 0xFFB703};
            case "children" -> new int[] {0x36B8E0, 0xFFC93C, 0xFF7A6B};
            default -> general(occasion, quiet);
        };
    }

    private static int[] general(Occasion occasion, boolean quiet) {
        return switch (occasion) {
            case RECRUIT -> new int[] {0x1F6FEB, 0x36CFC9};
            case FESTIVAL -> new int[] {0xD0342C, 0xF2B84B};
            case PRODUCT -> quiet ? new int[] {0x6B7F8C, 0xC98B6B} : new int[] {0x2F5D8C, 0xF09B5B};
            case PROMO -> new int[] {0xE8452C, 0xFFC93C};
            case EVENT -> quiet ? new int[] {0x6A5C8C, 0xD08C60} : new int[] {0x5B3FD6, 0xFF8A5B};
            case QUOTE -> quiet ? new int[] {0x7C8C86, 0xC9A66B} : new int[] {0x2E6F73, 0xF0A35E};
            case EDUCATION -> quiet ? new int[] {0x7A8F6A, 0xD0A05A} : new int[] {0x12A594, 0xFFC145, 0xFF7A59};
        };
    }
}
