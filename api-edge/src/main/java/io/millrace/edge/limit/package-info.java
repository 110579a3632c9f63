/** How much one user may ask for in a minute. */
@NullMarked
package io.millrace.edge.limit;

import org.jspecify.annotations.NullMarked;
