/** Drives one task through its workflow. */
@NullMarked
package io.millrace.engine.task;

import org.jspecify.annotations.NullMarked;
