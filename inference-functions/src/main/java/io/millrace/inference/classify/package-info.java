/** Texts sorted by meaning into labels nobody was trained on, and pictures by classifiers that tasks have trained. */
@NullMarked
package io.millrace.inference.classify;

import org.jspecify.annotations.NullMarked;
