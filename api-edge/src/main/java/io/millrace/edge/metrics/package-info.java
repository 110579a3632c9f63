/** What happened in each minute, as the analytics counted it. */
@NullMarked
package io.millrace.edge.metrics;

import org.jspecify.annotations.NullMarked;
