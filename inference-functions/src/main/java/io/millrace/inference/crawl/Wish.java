package io.millrace.inference.crawl;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseFailure;

/**
 * What a task wants crawled.
 *
 * @param source where
 * @param query words that must all stand on a page; empty: any page
 * @param limit pages taken at most, 1 to 50
 * @param pictures taken of each page at most, 0 to 10
 * @param follow whether links to the same host are followed from the pages that the source names
 */
record Wish(Sources.Source source, String query, int limit, int pictures, boolean follow) {
    static Wish read(JsonNode params, Sources sources) throws PhaseFailure {
        Sources.Source source = sources.named(params.path("source").asText(sources.usual()));
        String type = params.path("crawl_type").asText("");
        if (!type.isEmpty() && !type.equals(source.feed() ? "feed" : "pages")) {
            throw PhaseFailure.badInput(
                    "crawl_type", "must be " + (source.feed() ? "feed" : "pages") + " for the source " + source.name());
        }
        return new Wish(
                source,
                params.path("query").asText("").strip(),
                number(params, "limit", 10, 1, 50),
                number(params, "pictures", 4, 0, 10),
                params.path("follow").asBoolean(false));
    }

    private static int number(JsonNode params, String field, int otherwise, int min, int max) throws PhaseFailure {
        JsonNode value = params.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.canConvertToInt() || value.asInt() < min || value.asInt() > max) {
            throw PhaseFailure.badInput(field, "must be a whole number from " + min + " to " + max);
        }
        return value.asInt();
    }
}
