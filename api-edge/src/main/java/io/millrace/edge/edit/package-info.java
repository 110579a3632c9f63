/** Edits of what people own: changes laid over what is there, and no edit lost to another one. */
@NullMarked
package io.millrace.edge.edit;

import org.jspecify.annotations.NullMarked;
