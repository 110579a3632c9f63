/** Gathers items into batches and guards the endpoint that computes them. */
@NullMarked
package io.millrace.engine.batch;

import org.jspecify.annotations.NullMarked;
