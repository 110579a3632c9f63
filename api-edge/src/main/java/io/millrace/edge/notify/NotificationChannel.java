package io.millrace.edge.notify;

import io.millrace.edge.access.Caller;
import io.millrace.edge.problem.RSocketProblems;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

/** Notifications as an RSocket request-channel. */
@Controller
final class NotificationChannel {
    private final Notifications notifications;

    NotificationChannel(Notifications notifications) {
        this.notifications = notifications;
    }

    /** Both ways the messages of {@code /ws/notifications}; who comes back says {@code sync} first. */
    @MessageMapping("notifications")
    Flux<byte[]> notifications(@Payload Flux<byte[]> incoming) {
        return Caller.current()
                .flatMapMany(caller -> notifications.all(caller, "", incoming))
                .onErrorMap(RSocketProblems::of);
    }
}
