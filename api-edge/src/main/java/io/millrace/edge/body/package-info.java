/** Request bodies: read within bounds, field by field, with complaints that name the field. */
@NullMarked
package io.millrace.edge.body;

import org.jspecify.annotations.NullMarked;
