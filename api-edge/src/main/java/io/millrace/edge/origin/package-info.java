/** Which web pages may talk to the edge. */
@NullMarked
package io.millrace.edge.origin;

import org.jspecify.annotations.NullMarked;
