/** The small classifier that tasks train: two layers over the features of the vision network, and its file. */
@NullMarked
package io.millrace.inference.model.head;

import org.jspecify.annotations.NullMarked;
