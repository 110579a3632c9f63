/** The inference room: computes phases of tasks behind one StateFun endpoint; this package starts and stops it. */
@NullMarked
package io.millrace.inference;

import org.jspecify.annotations.NullMarked;
