/** Messages to webhooks: queued from committed events, sent, tried again, and written down. */
@NullMarked
package io.millrace.edge.delivery;

import org.jspecify.annotations.NullMarked;
