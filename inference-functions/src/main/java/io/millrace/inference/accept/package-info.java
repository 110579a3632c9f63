/** Phases that outlast a call: accepted now, finished later by a command. */
@NullMarked
package io.millrace.inference.accept;

import org.jspecify.annotations.NullMarked;
