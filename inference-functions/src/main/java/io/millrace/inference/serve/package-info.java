/** The HTTP face: the StateFun endpoint, health and metrics. */
@NullMarked
package io.millrace.inference.serve;

import org.jspecify.annotations.NullMarked;
