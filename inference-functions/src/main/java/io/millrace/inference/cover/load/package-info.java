/** The factories that the service loader finds. */
@NullMarked
package io.millrace.inference.cover.load;

import org.jspecify.annotations.NullMarked;
