/** Phase functions of the cover: a title set over a picture, by the functions of the poster. */
@NullMarked
package io.millrace.inference.cover;

import org.jspecify.annotations.NullMarked;
