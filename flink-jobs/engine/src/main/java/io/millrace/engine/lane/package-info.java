/** Decides which waiting task gets a slot next. */
@NullMarked
package io.millrace.engine.lane;

import org.jspecify.annotations.NullMarked;
