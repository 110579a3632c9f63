/** The Kafka broker of a local stack, and its topics. */
@NullMarked
package io.millrace.local.broker;

import org.jspecify.annotations.NullMarked;
