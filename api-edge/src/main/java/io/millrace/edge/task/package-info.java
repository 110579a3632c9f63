/** Questions about tasks: the live view merged over the rows of the read model. */
@NullMarked
package io.millrace.edge.task;

import org.jspecify.annotations.NullMarked;
