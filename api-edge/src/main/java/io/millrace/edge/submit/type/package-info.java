/** What the parameters of each type of task must look like: one file a type. */
@NullMarked
package io.millrace.edge.submit.type;

import org.jspecify.annotations.NullMarked;
