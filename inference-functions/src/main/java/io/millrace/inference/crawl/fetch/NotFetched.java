package io.millrace.inference.crawl.fetch;

import java.net.URI;

/** Why an address was not fetched, or what it gave not taken. The crawl goes on with the next. */
public final class NotFetched extends Exception {
    private static final long serialVersionUID = 1L;

    NotFetched(URI uri, String reason) {
        super(uri + " " + reason);
    }
}
