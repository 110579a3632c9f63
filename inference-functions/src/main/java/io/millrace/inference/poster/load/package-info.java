/** Loads the phase functions of the poster for the service loader. */
@NullMarked
package io.millrace.inference.poster.load;

import org.jspecify.annotations.NullMarked;
