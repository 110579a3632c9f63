/** One polite HTTP client: robots.txt, pauses between requests, bounds on size, type, time and redirects, and no private addresses. */
@NullMarked
package io.millrace.inference.crawl.fetch;

import org.jspecify.annotations.NullMarked;
