package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.Occasion;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names of icons for facts and contacts: by what a text says, otherwise by occasion in turn. */
final class IconNames {
    private static final Map<String, String> SAID = Map.ofEntries(
            Map.entry("salary|pay|薪|福利|benefit", "badge-check"),
            Map.entry("grow|成长|晋升|空间|path", "trending-up"),
            Map.entry("mentor|导师|老师|teacher|小班|group", "users"),
            Map.entry("design|设计|绘|art", "palette"),
            Map.entry("engineer|工程师|算法|开发|develop|code|编程", "code"),
            Map.entry("manager|经理|店长|运营|market", "briefcase"),
            Map.entry("time|限时|时间|点|pm|am|hour|today", "clock"),
            Map.entry("battery|续航", "battery-full"),
            Map.entry("noise|降噪|sound|音", "headphones"),
            Map.entry("ship|delivery|包邮|配送", "truck"),
            Map.entry("store|门店|店", "store"),
            Map.entry("coffee|咖啡", "coffee"),
            Map.entry("gift|礼", "gift"),
            Map.entry("music|乐", "music"),
            Map.entry("speaker|演讲|嘉宾|keynote|对话", "mic"),
            Map.entry("stock|售完|last", "shopping-bag"),
            Map.entry("book|书|课", "book-open"),
            Map.entry("safe|安|保|health|健康", "shield-check"),
            Map.entry("light|轻", "leaf"));

    private final Occasion occasion;

    IconNames(Occasion occasion) {
        this.occasion = occasion;
    }

    String fact(String content, int index) {
        String lower = content.toLowerCase(Locale.ROOT);
        return SAID.entrySet().stream()
                .filter(entry -> java.util.regex.Pattern.compile(entry.getKey())
                        .matcher(lower)
                        .find())
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst()
                .orElseGet(() -> turn(index));
    }

    private String turn(int index) {
        List<String> names = switch (occasion) {
            case RECRUIT -> List.of("target", "award", "handshake", "rocket");
            case FESTIVAL -> List.of("sparkles", "heart", "gift", "star");
            case PRODUCT -> List.of("sparkles", "zap", "shield-check", "box");
            case PROMO -> List.of("tag", "percent", "shopping-bag", "ticket-percent");
            case EVENT -> List.of("presentation", "globe", "users", "ticket");
            case EDUCATION -> List.of("book-open", "lightbulb", "pencil", "graduation-cap");
            case QUOTE -> List.of("feather", "leaf", "sprout", "sun");
        };
        return names.get(Math.floorMod(index, names.size()));
    }

    /** Empty for a text that is no contact. */
    String contact(String content) {
        String lower = content.toLowerCase(Locale.ROOT);
        if (lower.contains("@")) {
            return "mail";
        }
        if (lower.matches("(?s).*(www\\.|https?:).*")) {
            return "globe";
        }
        if (lower.matches("(?s).*(地址|地点|address|venue).*")) {
            return "map-pin";
        }
        return lower.matches("(?s).*\\d{3,}[- ]?\\d{3,}.*") ? "phone" : "";
    }
}
