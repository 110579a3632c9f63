/** Who changed what, when, and what came of it. */
@NullMarked
package io.millrace.edge.audit;

import org.jspecify.annotations.NullMarked;
