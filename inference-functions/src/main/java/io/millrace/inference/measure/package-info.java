/** What the room counts, in the form Prometheus reads. */
@NullMarked
package io.millrace.inference.measure;

import org.jspecify.annotations.NullMarked;
