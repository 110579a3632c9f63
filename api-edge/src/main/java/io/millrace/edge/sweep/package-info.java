/** Deletes blobs that nothing refers to any more. */
@NullMarked
package io.millrace.edge.sweep;

import org.jspecify.annotations.NullMarked;
