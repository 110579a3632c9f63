/** The factories that the service loader finds. */
@NullMarked
package io.millrace.inference.roadmap.load;

import org.jspecify.annotations.NullMarked;
