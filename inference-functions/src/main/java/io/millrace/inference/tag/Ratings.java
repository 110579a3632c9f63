package io.millrace.inference.tag;

import io.millrace.inference.model.vision.VisionModel;
import java.util.List;

/** What the shipped network says by itself: whether a picture is drawn, and whether everybody may see it. Advice, not a verdict. */
final class Ratings {
    private Ratings() {}

    static List<Tag> of(VisionModel.Seen seen) {
        double drawn = at(seen, "drawing") + at(seen, "hentai");
        double explicit = at(seen, "porn") + at(seen, "hentai");
        double suggestive = at(seen, "sexy");
        return List.of(
                new Tag("drawing", drawn, Tag.NETWORK),
                new Tag("photo", 1 - drawn, Tag.NETWORK),
                new Tag("rating:safe", 1 - explicit - suggestive, Tag.NETWORK),
                new Tag("rating:suggestive", suggestive, Tag.NETWORK),
                new Tag("rating:explicit", explicit, Tag.NETWORK));
    }

    private static double at(VisionModel.Seen seen, String rating) {
        return seen.ratings()[VisionModel.RATINGS.indexOf(rating)];
    }
}
