/** Calls the edge makes to addresses that users name: which of them it may reach. */
@NullMarked
package io.millrace.edge.outbound;

import org.jspecify.annotations.NullMarked;
