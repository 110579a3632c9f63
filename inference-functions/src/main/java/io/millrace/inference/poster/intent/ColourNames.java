package io.millrace.inference.poster.intent;

import io.millrace.inference.poster.colour.Rgb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colours named in Chinese, English or hex, in the order they are mentioned. */
final class ColourNames {
    private static final Map<String, Integer> CHINESE = new LinkedHashMap<>();
    private static final Map<String, Integer> ENGLISH = new LinkedHashMap<>();
    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}\\b|#[0-9a-fA-F]{3}\\b");

    static {
        Object[][] chinese = {
            {"深蓝", 0x123B7A},
            {"藏青", 0x1B2A4A},
            {"藏蓝", 0x1B2A4A},
            {"宝蓝", 0x1D4ED8},
            {"天蓝", 0x4FB3F6},
            {"浅蓝", 0x7CC0F5},
            {"湖蓝", 0x30A9C4},
            {"科技蓝", 0x1677FF},
            {"蓝", 0x1890FF},
            {"墨绿", 0x14532D},
            {"深绿", 0x166534},
            {"浅绿", 0x86D49A},
            {"薄荷绿", 0x6FCFB0},
            {"绿", 0x22A55B},
            {"青", 0x13B5B1},
            {"酒红", 0x7F1D2D},
            {"深红", 0x9B1C1C},
            {"中国红", 0xC8161D},
            {"大红", 0xD7191F},
            {"玫红", 0xE0336E},
            {"红", 0xDC2626},
            {"粉", 0xF58FB0},
            {"深紫", 0x4C1D95},
            {"浅紫", 0xB79CED},
            {"紫", 0x7C3AED},
            {"橙", 0xF97316},
            {"橘", 0xF97316},
            {"米黄", 0xEBDDB6},
            {"鹅黄", 0xF7E37A},
            {"黄", 0xFACC15},
            {"米白", 0xF5EFE2},
            {"白", 0xFFFFFF},
            {"黑", 0x171717},
            {"深灰", 0x3F4550},
            {"浅灰", 0xD7DADF},
            {"灰", 0x8A9099},
            {"金", 0xD9A441},
            {"银", 0xBFC5CD},
            {"棕", 0x7B4B2A},
            {"咖啡", 0x6B4226},
            {"米", 0xE8DCC4}
        };
        for (Object[] pair : chinese) {
            CHINESE.put((String) pair[0], (Integer) pair[1]);
        }
        Object[][] english = {
            {"navy", 0x14285A},
            {"dark blue", 0x123B7A},
            {"light blue", 0x7CC0F5},
            {"sky blue", 0x4FB3F6},
            {"blue", 0x1890FF},
            {"teal", 0x0F8B8D},
            {"turquoise", 0x2EC4B6},
            {"cyan", 0x13B5D1},
            {"mint", 0x6FCFB0},
            {"dark green", 0x166534},
            {"olive", 0x6B7A2B},
            {"green", 0x22A55B},
            {"lime", 0x84CC16},
            {"burgundy", 0x7F1D2D},
            {"crimson", 0xC2183C},
            {"red", 0xDC2626},
            {"coral", 0xFF7A5C},
            {"pink", 0xF58FB0},
            {"magenta", 0xD02090},
            {"purple", 0x7C3AED},
            {"violet", 0x7C4DDB},
            {"lavender", 0xB79CED},
            {"orange", 0xF97316},
            {"yellow", 0xFACC15},
            {"gold", 0xD9A441},
            {"golden", 0xD9A441},
            {"beige", 0xE8DCC4},
            {"cream", 0xF5EFE2},
            {"brown", 0x7B4B2A},
            {"white", 0xFFFFFF},
            {"black", 0x171717},
            {"grey", 0x8A9099},
            {"gray", 0x8A9099},
            {"silver", 0xBFC5CD}
        };
        for (Object[] pair : english) {
            ENGLISH.put((String) pair[0], (Integer) pair[1]);
        }
    }

    // "white space", "Black Friday", "黑色星期五", "白领" name no colours; a Chinese colour needs a word of colour after it.
    private static final Pattern FALSE_FRIENDS = Pattern.compile(
            "white\\s*space|black friday|黑色星期五|green ?house|golden week|silver ?ware|orange juice|red wine|red carpet");
    private static final String AFTER = "(?=色|调|底|系|背景|主题|、|，|和|与|配|相间|白|黑|金|红|灰|蓝|$)";

    private ColourNames() {}

    static List<Rgb> find(String text) {
        String clean = FALSE_FRIENDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ");
        TreeMap<Integer, Rgb> found = new TreeMap<>();
        collect(HEX.matcher(clean), found, hex -> Rgb.of(hex).value());
        Pattern chinese = Pattern.compile("(" + String.join("|", CHINESE.keySet()) + ")" + AFTER);
        collect(chinese.matcher(clean), found, CHINESE::get);
        Pattern english = Pattern.compile("\\b(" + String.join("|", ENGLISH.keySet()) + ")\\b");
        collect(english.matcher(clean), found, ENGLISH::get);
        return new ArrayList<>(new java.util.LinkedHashSet<>(found.values()));
    }

    private static void collect(
            Matcher matcher, Map<Integer, Rgb> found, java.util.function.Function<String, Integer> value) {
        while (matcher.find()) {
            found.put(matcher.start(), new Rgb(value.apply(matcher.group())));
        }
    }
}
