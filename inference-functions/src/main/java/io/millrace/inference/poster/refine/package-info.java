/** What to change when the numbers are bad. */
@NullMarked
package io.millrace.inference.poster.refine;

import org.jspecify.annotations.NullMarked;
