/** The way of an item from its batch to its answer: admission, turn, reuse, model, reply. */
@NullMarked
package io.millrace.inference.run;

import org.jspecify.annotations.NullMarked;
