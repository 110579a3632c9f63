/** Writes JSON straight into bytes. */
@NullMarked
package io.millrace.engine.json;

import org.jspecify.annotations.NullMarked;
