/** Colour spaces, contrast and palettes. */
@NullMarked
package io.millrace.inference.poster.colour;

import org.jspecify.annotations.NullMarked;
