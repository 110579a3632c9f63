package io.millrace.edge.sweep;

import io.millrace.edge.database.Database;
import io.millrace.schemas.task.TaskStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tasks that have not ended. No index leads to them, so they are looked for page by page: a round is rare, its statements are short. */
@Component
final class TasksUnderWay {
    private static final String PAGE = """
        SELECT MAX(id) AS last, COUNT(*) AS found, MIN(CASE WHEN status NOT IN (:ended) THEN created_at END) AS oldest
        FROM (SELECT id, status, created_at FROM tasks WHERE id > :after ORDER BY id LIMIT :page) AS tasks_page\
        """;
    private static final int ROWS = 10_000;

    private final Database database;

    TasksUnderWay(Database database) {
        this.database = database;
    }

    private record Page(String last, int found, @Nullable LocalDateTime oldest) {}

    /** When the oldest was made; empty when all have ended. */
    Mono<Optional<Instant>> oldest() {
        return page("").expand(page -> page.found() < ROWS ? Mono.empty() : page(page.last()))
                .flatMapIterable(
                        page -> Optional.ofNullable(page.oldest()).stream().toList())
                .collect(Collectors.minBy(Comparator.<LocalDateTime>naturalOrder()))
                .map(oldest -> oldest.map(created -> created.toInstant(ZoneOffset.UTC)));
    }

    private Mono<Page> page(String after) {
        return database.call(sql -> sql.sql(PAGE)
                .param("ended", TaskStatus.terminalNames())
                .param("after", after)
                .param("page", ROWS)
                .query((row, number) -> {
                    String last = row.getString("last");
                    return new Page(
                            last == null ? "" : last,
                            row.getInt("found"),
                            row.getObject("oldest", LocalDateTime.class));
                })
                .single());
    }
}
