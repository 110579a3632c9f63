/** Line breaking and measuring. */
@NullMarked
package io.millrace.inference.poster.type;

import org.jspecify.annotations.NullMarked;
