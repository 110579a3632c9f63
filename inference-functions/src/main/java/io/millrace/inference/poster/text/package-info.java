/** Text fitted, coloured and set onto the picture. */
@NullMarked
package io.millrace.inference.poster.text;

import org.jspecify.annotations.NullMarked;
