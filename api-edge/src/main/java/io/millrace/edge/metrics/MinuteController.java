package io.millrace.edge.metrics;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The last minutes over REST. As {@code GET /lanes}, everybody who has signed in may see them: no tenant is named. */
@RestController
final class MinuteController {
    private static final int LONGEST = 1_440;

    private final MinuteStore store;
    private final Clock clock;

    MinuteController(MinuteStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** {@code {from, minutes[]}} of the last {@code minutes} minutes, 1 to 1440, oldest first; minutes in which nothing happened have no row. */
    @GetMapping("/api/v1/metrics/minutes")
    Mono<ResponseEntity<ObjectNode>> last(@RequestParam(name = "minutes", defaultValue = "60") String wanted) {
        Duration back = Duration.ofMinutes(minutes(wanted));
        Instant from = clock.instant().minus(back).truncatedTo(ChronoUnit.MINUTES);
        return Caller.current().flatMap(caller -> store.since(from)).map(rows -> {
            ObjectNode data = Json.object().put("from", Json.time(from.toEpochMilli()));
            ArrayNode list = data.putArray("minutes");
            rows.forEach(row -> list.add(MinuteJson.of(row)));
            return Answers.ok(data);
        });
    }

    private static int minutes(String text) {
        try {
            int minutes = Integer.parseInt(text);
            if (minutes >= 1 && minutes <= LONGEST) {
                return minutes;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one complaint for both kinds of wrong.
        }
        throw Problem.invalid(
                "minutes", "is not a number of minutes", "Send a whole number from 1 to " + LONGEST + ".");
    }
}
