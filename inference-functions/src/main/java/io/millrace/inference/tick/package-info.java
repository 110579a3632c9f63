/** Movement inside a phase, on its way to the live view: few, small and never in the way of a model. */
@NullMarked
package io.millrace.inference.tick;

import org.jspecify.annotations.NullMarked;
