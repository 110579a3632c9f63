/** Keeps the rooms of one stack alive and says how they are. */
@NullMarked
package io.millrace.local.supervise;

import org.jspecify.annotations.NullMarked;
