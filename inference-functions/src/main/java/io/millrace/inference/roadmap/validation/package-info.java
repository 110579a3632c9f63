/** Whether a plan holds, and what was mended. */
@NullMarked
package io.millrace.inference.roadmap.validation;

import org.jspecify.annotations.NullMarked;
