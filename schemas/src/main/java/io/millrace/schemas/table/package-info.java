/** The tables, as their migrations make them. */
@NullMarked
package io.millrace.schemas.table;

import org.jspecify.annotations.NullMarked;
