/** The edge with its hub and all transports, fed by hand: what {@code bench/run HubRate} measures. */
@NullMarked
package io.millrace.bench.hub;

import org.jspecify.annotations.NullMarked;
