/** What types of task there are, and their phases. */
@NullMarked
package io.millrace.edge.workflow;

import org.jspecify.annotations.NullMarked;
