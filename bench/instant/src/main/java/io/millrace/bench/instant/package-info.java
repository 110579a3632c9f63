/** Inference without models, for measurements. */
@NullMarked
package io.millrace.bench.instant;

import org.jspecify.annotations.NullMarked;
