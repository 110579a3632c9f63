/** Measurements on a running stack; never part of the tests. */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
