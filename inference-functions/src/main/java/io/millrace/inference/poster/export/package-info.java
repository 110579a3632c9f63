/** The finished poster in the formats that designers open: layered SVG and PSD. */
@NullMarked
package io.millrace.inference.poster.export;

import org.jspecify.annotations.NullMarked;
