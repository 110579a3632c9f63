/** Posters drawn anew from their layers and elements, as people have edited them. */
@NullMarked
package io.millrace.inference.poster.render;

import org.jspecify.annotations.NullMarked;
