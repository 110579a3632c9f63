/** Counts the rows of a campaign as they end, cancels the rest, and sums up. */
@NullMarked
package io.millrace.engine.campaign;

import org.jspecify.annotations.NullMarked;
