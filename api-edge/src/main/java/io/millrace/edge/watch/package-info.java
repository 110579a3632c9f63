/** Live streams of tasks over SSE and RSocket: subscribers, their bounded mailboxes, and replay from a cursor. */
@NullMarked
package io.millrace.edge.watch;

import org.jspecify.annotations.NullMarked;
