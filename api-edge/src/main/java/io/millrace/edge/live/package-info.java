/** What this edge knows of running tasks, built from the progress log alone: pure, without threads, clocks or frameworks. */
@NullMarked
package io.millrace.edge.live;

import org.jspecify.annotations.NullMarked;
