/** Lists over REST: their query parameters, cursors and pages. */
@NullMarked
package io.millrace.edge.page;

import org.jspecify.annotations.NullMarked;
