/** Typefaces and what they can show. */
@NullMarked
package io.millrace.inference.model.font;

import org.jspecify.annotations.NullMarked;
