/** Teaches a small classifier of pictures from labelled uploads: features once, then steps that can be stopped and taken up again. */
@NullMarked
package io.millrace.inference.train;

import org.jspecify.annotations.NullMarked;
