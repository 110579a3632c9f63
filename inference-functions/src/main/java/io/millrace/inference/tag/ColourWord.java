package io.millrace.inference.tag;

import java.awt.Color;
import java.util.Locale;

/** The basic colour words of Berlin and Kay, told apart by hue, saturation and value. */
enum ColourWord {
    BLACK,
    WHITE,
    GREY,
    RED,
    ORANGE,
    BROWN,
    YELLOW,
    GREEN,
    CYAN,
    BLUE,
    PURPLE,
    PINK;

    static ColourWord of(float red, float green, float blue) {
        float[] hsb = Color.RGBtoHSB(Math.round(red * 255), Math.round(green * 255), Math.round(blue * 255), null);
        float saturation = hsb[1];
        float value = hsb[2];
        if (value < 0.16) {
            return BLACK;
        }
        if (saturation < 0.12 || saturation * value < 0.08) {
            return value > 0.88 ? WHITE : GREY;
        }
        double hue = hsb[0] * 360;
        if (hue < 15 || hue >= 345) {
            return value > 0.75 && saturation < 0.5 ? PINK : RED;
        }
        if (hue < 45) {
            return value < 0.62 || (saturation < 0.5 && value < 0.8) ? BROWN : ORANGE;
        }
        if (hue < 70) {
            return YELLOW;
        }
        if (hue < 165) {
            return GREEN;
        }
        if (hue < 195) {
            return CYAN;
        }
        if (hue < 255) {
            return BLUE;
        }
        return hue < 300 ? PURPLE : PINK;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
