/** What a phase of a workflow is computed by: one small interface, whatever the model behind it. */
@NullMarked
package io.millrace.inference.function;

import org.jspecify.annotations.NullMarked;
