/** The picture behind everything. */
@NullMarked
package io.millrace.inference.poster.background;

import org.jspecify.annotations.NullMarked;
