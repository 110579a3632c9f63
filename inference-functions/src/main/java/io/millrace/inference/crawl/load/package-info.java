/** Makes the crawling function for the registry. */
@NullMarked
package io.millrace.inference.crawl.load;

import org.jspecify.annotations.NullMarked;
