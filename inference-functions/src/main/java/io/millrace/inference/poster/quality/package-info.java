/** How good the poster is, in numbers. */
@NullMarked
package io.millrace.inference.poster.quality;

import org.jspecify.annotations.NullMarked;
