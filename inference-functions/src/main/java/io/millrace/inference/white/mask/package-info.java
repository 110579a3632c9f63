/** Where the subject of a picture is: GrabCut without a drawn rectangle, refined along the edges of the picture. */
@NullMarked
package io.millrace.inference.white.mask;

import org.jspecify.annotations.NullMarked;
