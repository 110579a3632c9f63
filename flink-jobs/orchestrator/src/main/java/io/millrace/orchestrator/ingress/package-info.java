/** From Kafka records to messages for stateful functions; what cannot be read becomes a rejected record. */
@NullMarked
package io.millrace.orchestrator.ingress;

import org.jspecify.annotations.NullMarked;
