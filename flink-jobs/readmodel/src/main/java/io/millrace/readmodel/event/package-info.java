/** A public event as it came from its topic. */
@NullMarked
package io.millrace.readmodel.event;

import org.jspecify.annotations.NullMarked;
