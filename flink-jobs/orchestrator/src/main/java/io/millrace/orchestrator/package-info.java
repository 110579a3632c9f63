/** The Flink job that drives every task: Kafka in, stateful functions, two ways out. */
@NullMarked
package io.millrace.orchestrator;

import org.jspecify.annotations.NullMarked;
