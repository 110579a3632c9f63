/** Moves tasks that ended long ago out of the way, and back when somebody asks for one. */
@NullMarked
package io.millrace.edge.archive;

import org.jspecify.annotations.NullMarked;
