/** Work that recurs and that only one edge does at a time. */
@NullMarked
package io.millrace.edge.chore;

import org.jspecify.annotations.NullMarked;
