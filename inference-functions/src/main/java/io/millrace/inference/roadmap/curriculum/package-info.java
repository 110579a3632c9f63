/** The plan: which concepts, in which order, in which weeks. */
@NullMarked
package io.millrace.inference.roadmap.curriculum;

import org.jspecify.annotations.NullMarked;
