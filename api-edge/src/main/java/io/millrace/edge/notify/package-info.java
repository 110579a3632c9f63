/** Notifications: what happens to a user's tasks as messages on a socket, acknowledged, sent again and caught up with. */
@NullMarked
package io.millrace.edge.notify;

import org.jspecify.annotations.NullMarked;
