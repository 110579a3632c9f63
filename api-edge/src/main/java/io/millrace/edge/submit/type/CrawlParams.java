package io.millrace.edge.submit.type;

import io.millrace.edge.body.Fields;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code source} (a name of the installation's), {@code crawl_type} feed | pages, {@code query} (at most 200 characters), {@code limit} (1 to 50
 * pages), {@code pictures} (0 to 10 of each page), {@code follow}.
 */
final class CrawlParams implements TypeParams {
    @Override
    public ObjectNode read(Fields fields, boolean whole) {
        Taken taken = new Taken(fields, whole)
                .text("source", 64)
                .oneOf("crawl_type", "feed", "pages")
                .text("query", 200)
                .number("limit", 1, 50)
                .number("pictures", 0, 10);
        Boolean follow = fields.flag("follow");
        return taken.value("follow", follow == null ? null : BooleanNode.valueOf(follow))
                .params();
    }
}
