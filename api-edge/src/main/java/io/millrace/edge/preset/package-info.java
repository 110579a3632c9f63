/** Parameters that a tenant keeps under a name and fills into submits. */
@NullMarked
package io.millrace.edge.preset;

import org.jspecify.annotations.NullMarked;
