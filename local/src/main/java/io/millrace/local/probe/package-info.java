/** Whether a room truly works, asked the way its users would. */
@NullMarked
package io.millrace.local.probe;

import org.jspecify.annotations.NullMarked;
