/** What people may ask of a task after it was submitted: cancel, pause, resume, stop, start, recover, derive, delete. */
@NullMarked
package io.millrace.edge.control;

import org.jspecify.annotations.NullMarked;
