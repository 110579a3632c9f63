/** Posters with their layers and elements. */
@NullMarked
package io.millrace.edge.poster;

import org.jspecify.annotations.NullMarked;
