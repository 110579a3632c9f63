/** Who is calling and what they may see: tokens, roles, signed links. */
@NullMarked
package io.millrace.edge.access;

import org.jspecify.annotations.NullMarked;
