/** Lanes: how many tasks of a kind run at once, and how long the others wait. */
@NullMarked
package io.millrace.edge.lane;

import org.jspecify.annotations.NullMarked;
