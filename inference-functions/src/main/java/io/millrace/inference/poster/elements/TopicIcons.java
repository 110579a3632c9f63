package io.millrace.inference.poster.elements;

import io.millrace.inference.poster.Occasion;
import java.util.List;
import java.util.Map;

/** Which icons stand for a topic; the first that fits is taken by the seed. */
final class TopicIcons {
    private static final Map<String, List<String>> TOPICS = Map.ofEntries(
            Map.entry("campus", List.of("graduation-cap")),
            Map.entry("music", List.of("music", "guitar")),
            Map.entry("music_class", List.of("piano", "music")),
            Map.entry("conference", List.of("mic", "presentation")),
            Map.entry("birthday", List.of("cake", "gift")),
            Map.entry("mid_autumn", List.of("moon")),
            Map.entry("spring_festival", List.of("lamp")),
            Map.entry("christmas", List.of("tree-pine", "snowflake")),
            Map.entry("children", List.of("candy", "party-popper")),
            Map.entry("national", List.of("star")),
            Map.entry("halloween", List.of("ghost")),
            Map.entry("mother", List.of("flower", "heart")),
            Map.entry("headphones", List.of("headphones")),
            Map.entry("watch", List.of("watch")),
            Map.entry("phone", List.of("smartphone")),
            Map.entry("beauty", List.of("droplet", "sparkles")),
            Map.entry("food", List.of("coffee", "cup-soda")),
            Map.entry("tea", List.of("leaf")),
            Map.entry("coffee", List.of("coffee")),
            Map.entry("fitness", List.of("dumbbell")),
            Map.entry("black_friday", List.of("shopping-bag")),
            Map.entry("double_eleven", List.of("shopping-cart")),
            Map.entry("art", List.of("palette")),
            Map.entry("coding", List.of("code")),
            Map.entry("reading", List.of("book-open")),
            Map.entry("ai", List.of("cpu", "brain")),
            Map.entry("wedding", List.of("heart", "flower")),
            Map.entry("sport", List.of("bike", "award")),
            Map.entry("nature", List.of("sprout", "leaf")),
            Map.entry("language", List.of("languages")));

    private TopicIcons() {}

    static String of(String topic, Occasion occasion, long seed) {
        List<String> names = TOPICS.getOrDefault(topic, general(occasion));
        return names.get((int) Math.floorMod(seed, (long) names.size()));
    }

    private static List<String> general(Occasion occasion) {
        return switch (occasion) {
            case RECRUIT -> List.of("briefcase", "rocket", "users");
            case FESTIVAL -> List.of("gift", "sparkles", "party-popper");
            case PRODUCT -> List.of("diamond", "box", "sparkles");
            case PROMO -> List.of("shopping-bag", "tag", "gift");
            case EVENT -> List.of("ticket", "mic", "calendar");
            case EDUCATION -> List.of("book-open", "graduation-cap", "lightbulb");
            case QUOTE -> List.of("feather", "leaf");
        };
    }
}
