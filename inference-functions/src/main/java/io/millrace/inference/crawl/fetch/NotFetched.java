package io.millrace.inference.crawl.fetch;

import io.millrace.inference.data.Excerpt;
import java.net.URI;

/** Why an address was not fetched, or what it gave not taken. The crawl goes on with the next. */
public final class NotFetched extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 500;

    NotFetched(URI uri, String reason) {
        super(Excerpt.of(uri.toString(), SHOWN) + " " + reason);
    }
}
