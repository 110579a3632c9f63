/** What was written down of a task on its way: states by version, borders of phases, lines of the log. */
@NullMarked
package io.millrace.edge.journal;

import org.jspecify.annotations.NullMarked;
