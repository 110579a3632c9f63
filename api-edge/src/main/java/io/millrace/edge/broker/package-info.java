/** The Kafka side of the edge: one tail per log, one producer, bounded scans. */
@NullMarked
package io.millrace.edge.broker;

import org.jspecify.annotations.NullMarked;
