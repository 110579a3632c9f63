/** How each room is started: command, environment, memory limits. */
@NullMarked
package io.millrace.local.room;

import org.jspecify.annotations.NullMarked;
