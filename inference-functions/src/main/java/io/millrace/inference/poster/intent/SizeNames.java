package io.millrace.inference.poster.intent;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes a prompt names: in pixels, by paper, by ratio, by where the poster is shown. */
final class SizeNames {
    private static final Pattern PIXELS = Pattern.compile("(?<!\\d)(\\d{3,4})\\s*[x×X*]\\s*(\\d{3,4})(?!\\d)");
    private static final Pattern RATIO = Pattern.compile("(?<![\\d:：])(\\d{1,2})\\s*[:：]\\s*(\\d{1,2})(?![\\d:：])");
    private static final Pattern PAPER = Pattern.compile("(?<![a-z0-9])a([3-5])(?![a-z0-9])");
    private static final int SHORT = 1080;
    private static final double SQUARE_ROOT_OF_TWO = 1.41421356;

    /** Words and what they mean in pixels, the more particular first. */
    private static final Object[][] NAMES = {
        {"公众号首图|公众号封面|头条封面", 1800, 766},
        {"公众号次图", 1080, 1080},
        {"小红书|xiaohongshu|little red book", 1242, 1660},
        {"朋友圈|手机海报|竖版|竖屏|抖音|instagram story|story format|phone poster|mobile poster|tiktok", 1080, 1920},
        {"易拉宝|展架|roll-?up", 1280, 3200},
        {"长图", 1080, 2400},
        {"淘宝主图|电商主图|头像", 1080, 1080},
        {"web banner|leaderboard", 1920, 720},
        {"横版|横屏|横幅|宽屏|landscape|banner|幻灯片|slide", 1920, 1080},
        {"方形|正方形|方图|square|instagram", 1080, 1080},
        {"名片|business card", 1080, 630}
    };

    private SizeNames() {}

    /** Width and height; null when none is named. */
    static int @Nullable [] find(String text) {
        Matcher pixels = PIXELS.matcher(text);
        if (pixels.find()) {
            int width = Integer.parseInt(pixels.group(1));
            int height = Integer.parseInt(pixels.group(2));
            if (inRange(width) && inRange(height)) {
                return new int[] {width, height};
            }
        }
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher paper = PAPER.matcher(lower);
        if (paper.find()) {
            int width = paper.group(1).equals("3") ? 1754 : paper.group(1).equals("4") ? 1240 : SHORT;
            int height = (int) Math.round(width * SQUARE_ROOT_OF_TWO);
            boolean lying = lower.matches("(?s).*(横版|横向|landscape).*");
            return lying ? new int[] {height, width} : new int[] {width, height};
        }
        int[] ratio = ratio(lower);
        return ratio == null ? named(lower) : ratio;
    }

    /** "16:9" is a ratio, "19:30" a time: only ratios that are in use count. */
    private static int @Nullable [] ratio(String text) {
        Matcher ratio = RATIO.matcher(text);
        while (ratio.find()) {
            int across = Integer.parseInt(ratio.group(1));
            int down = Integer.parseInt(ratio.group(2));
            boolean known = (across + ":" + down).matches("16:9|9:16|4:3|3:4|1:1|3:2|2:3|4:5|5:4|21:9|2:1|1:2|16:10");
            if (known) {
                double scale = SHORT / (double) Math.min(across, down);
                return new int[] {(int) Math.round(across * scale), (int) Math.round(down * scale)};
            }
        }
        return null;
    }

    private static int @Nullable [] named(String text) {
        for (Object[] name : NAMES) {
            if (Pattern.compile((String) name[0]).matcher(text).find()) {
                return new int[] {(Integer) name[1], (Integer) name[2]};
            }
        }
        return null;
    }

    private static boolean inRange(int side) {
        return side >= Params.MIN_SIDE && side <= Params.MAX_SIDE;
    }
}
