/** The whole control plane in one thread: machines, channels, timers, a fallible endpoint, crashes; every run replays from its seed. */
@NullMarked
package io.millrace.engine.simulation;

import org.jspecify.annotations.NullMarked;
