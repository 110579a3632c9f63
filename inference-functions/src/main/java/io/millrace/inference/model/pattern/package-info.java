/** A small network that turns coordinates into coloured paper-cut patterns. */
@NullMarked
package io.millrace.inference.model.pattern;

import org.jspecify.annotations.NullMarked;
