/** What to do for one concept. */
@NullMarked
package io.millrace.inference.roadmap.content;

import org.jspecify.annotations.NullMarked;
