/** Layers of posters: what stands before what, and how it shines through. */
@NullMarked
package io.millrace.edge.layer;

import org.jspecify.annotations.NullMarked;
