/** Tokens: which are believed, and the short ones that the edge issues itself. */
@NullMarked
package io.millrace.edge.token;

import org.jspecify.annotations.NullMarked;
