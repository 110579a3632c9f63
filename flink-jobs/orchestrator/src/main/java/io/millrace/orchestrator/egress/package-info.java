/** From messages of the functions to Kafka records. */
@NullMarked
package io.millrace.orchestrator.egress;

import org.jspecify.annotations.NullMarked;
