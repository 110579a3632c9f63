/** What a goal asks for. */
@NullMarked
package io.millrace.inference.roadmap.intent;

import org.jspecify.annotations.NullMarked;
