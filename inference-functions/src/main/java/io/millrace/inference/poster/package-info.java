/** Phase functions of the poster, and what they share. */
@NullMarked
package io.millrace.inference.poster;

import org.jspecify.annotations.NullMarked;
