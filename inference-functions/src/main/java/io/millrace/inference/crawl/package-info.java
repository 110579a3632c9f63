/** Pictures and texts from the feeds and pages that the installation names, fetched politely. */
@NullMarked
package io.millrace.inference.crawl;

import org.jspecify.annotations.NullMarked;
