/** What external workers do: report how far they are, hand in posters and elements, and end their phase. */
@NullMarked
package io.millrace.edge.worker;

import org.jspecify.annotations.NullMarked;
