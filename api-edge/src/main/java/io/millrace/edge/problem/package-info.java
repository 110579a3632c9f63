/** Failures as RFC 9457 problem documents that name the field and the remedy. */
@NullMarked
package io.millrace.edge.problem;

import org.jspecify.annotations.NullMarked;
