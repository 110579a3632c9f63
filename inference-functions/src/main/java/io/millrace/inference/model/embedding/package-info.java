/** Meaning of a sentence as a vector. */
@NullMarked
package io.millrace.inference.model.embedding;

import org.jspecify.annotations.NullMarked;
