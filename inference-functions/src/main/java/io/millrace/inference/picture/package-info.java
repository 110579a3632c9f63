/** Pictures as callers bring them, and as planes of numbers to compute with. */
@NullMarked
package io.millrace.inference.picture;

import org.jspecify.annotations.NullMarked;
