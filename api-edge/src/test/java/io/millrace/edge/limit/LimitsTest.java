package io.millrace.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.edge.MatchedPath;
import io.millrace.edge.problem.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

class LimitsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Limits limits = new Limits(new LimitSettings(600, 10, 60, 30), nanos::get);

    @Test
    void aMinutesWorthMayComeAtOnceAndThenOneBySecond() {
        for (int i = 0; i < 60; i++) {
            limits.require("alice", Limit.POLLS);
        }
        Problem refused = catchThrowableOfType(Problem.class, () -> limits.require("alice", Limit.POLLS));
        assertThat(refused.status().value()).isEqualTo(429);
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(1));

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        limits.require("alice", Limit.POLLS);
        limits.require("alice", Limit.POLLS);
        assertThat(catchThrowableOfType(Problem.class, () -> limits.require("alice", Limit.POLLS)))
                .isNotNull();
        limits.require("alice", Limit.CONNECTS);
        limits.require("bob", Limit.POLLS);
    }

    @Test
    void whoWaitsAsToldIsLetIn() {
        for (int i = 0; i < 10; i++) {
            limits.require("alice", Limit.CONNECTS);
        }
        Problem refused = catchThrowableOfType(Problem.class, () -> limits.require("alice", Limit.CONNECTS));
        nanos.addAndGet(refused.retryAfter().orElseThrow().toNanos());
        limits.require("alice", Limit.CONNECTS);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/tasks, POLLS",
        "GET, /api/v1/tasks/task_1/status, POLLS",
        "HEAD, /api/v1/tasks/task_1, POLLS",
        "GET, /api/v1/campaigns/c_1/tasks, POLLS",
        "GET, /api/v1/tasks/task_1/stream, CONNECTS",
        "GET, /api/v1/stream, CONNECTS",
        "GET, /ws/notifications, CONNECTS",
        "POST, /api/v1/tasks, SUBMITS",
        "POST, /api/v1/tasks/batch, SUBMITS",
        "POST, /api/v1/tasks/task_1/derivative, SUBMITS",
        "POST, /api/v1/tasks/task_1/cancel,",
        "GET, /api/v1/tasks/task_1/history,",
        "GET, /api/v1/artifacts/abc,",
        "POST, /api/v1/%74asks, SUBMITS",
        "POST, /api/v1/tasks;x=1, SUBMITS",
        "GET, /api/v1/%73tream, CONNECTS",
        "GET, /%77s/notifications, CONNECTS",
        "GET, /api/v1/tasks/a%2Fb, POLLS",
        "GET, /api/v1/artifacts/a%2Fstream,",
    })
    void requestsAreCountedByWhatTheyAskFor(String method, String path, String limit) {
        assertThat(LimitFilter.limit(HttpMethod.valueOf(method), MatchedPath.of(PathContainer.parsePath(path)))
                        .map(Enum::name))
                .isEqualTo(java.util.Optional.ofNullable(limit));
    }
}
