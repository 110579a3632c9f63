package io.millrace.edge.sweep;

import io.millrace.edge.database.Database;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.BlobNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Everything in MySQL that names a blob. All texts of all tables are looked through except of those that are known to name none that
 * counts, so that a column which somebody adds is looked through too. Rows that were deleted do not count.
 */
@Component
final class MarkedTables {
    /** What has happened, which may tell of blobs that are gone; what has no name; and the migrations. */
    private static final Set<String> RECORDS = Set.of(
            "task_history",
            "task_history_archive",
            "task_metrics_minute",
            "audit_log",
            "webhook_deliveries",
            "unnamed_blobs",
            "flyway_schema_history");

    /** JSON has a length of its own on MariaDB, where it is a text, and none on MySQL. */
    private static final String MAY_NAME = "(data_type = 'json' OR character_maximum_length >= 64"
            + " AND data_type IN ('char', 'varchar', 'text', 'mediumtext', 'longtext'))";

    private static final int PAGE = 50;

    private final Database database;

    MarkedTables(Database database) {
        this.database = database;
    }

    /**
     * @param texts columns that may name a blob
     * @param key columns of the primary key, in their order
     * @param deletes whether it marks rows as deleted
     */
    private record Table(String name, List<String> texts, List<String> key, boolean deletes) {
        String page(boolean first) {
            String order = String.join(", ", key);
            String alive = deletes ? "deleted_at IS NULL" : "TRUE";
            String after = first ? "TRUE" : after(0);
            return "SELECT " + order + ", " + String.join(", ", texts) + " FROM " + name + " WHERE " + alive + " AND "
                    + after + " ORDER BY " + order + " LIMIT " + PAGE;
        }

        /** Written out, for MariaDB does not seek to {@code (a, b) > (?, ?)} but reads the table from its beginning. */
        private String after(int column) {
            String name = key.get(column);
            return column == key.size() - 1
                    ? name + " > ?"
                    : "(" + name + " > ? OR (" + name + " = ? AND " + after(column + 1) + "))";
        }

        /** What stands for the marks of a page that begins behind these keys. */
        List<Object> marks(List<Object> after) {
            List<Object> marks = new ArrayList<>();
            for (int i = 0; i < after.size(); i++) {
                marks.addAll(Collections.nCopies(i < after.size() - 1 ? 2 : 1, after.get(i)));
            }
            return marks;
        }
    }

    private record Page(List<Object> last, int rows) {}

    /** Tells of every blob that is named, some more than once. */
    Mono<Void> each(Consumer<ArtifactRef> named) {
        return tables().collectList()
                .flatMapIterable(tables -> tables)
                .concatMap(table -> pages(table, named))
                .then();
    }

    private Flux<Page> pages(Table table, Consumer<ArtifactRef> named) {
        return page(table, List.of(), named)
                .expand(page -> page.rows() < PAGE ? Mono.empty() : page(table, page.last(), named));
    }

    private Mono<Page> page(Table table, List<Object> after, Consumer<ArtifactRef> named) {
        return database.call(sql -> {
            List<List<Object>> keys = sql.sql(table.page(after.isEmpty()))
                    .params(table.marks(after))
                    .query((row, number) -> {
                        for (int i = 0; i < table.texts().size(); i++) {
                            String text = row.getString(table.key().size() + i + 1);
                            BlobNames.in(text == null ? "" : text, named);
                        }
                        List<Object> key = new ArrayList<>();
                        for (int i = 0; i < table.key().size(); i++) {
                            key.add(row.getObject(i + 1));
                        }
                        return key;
                    })
                    .list();
            return new Page(keys.isEmpty() ? after : keys.get(keys.size() - 1), keys.size());
        });
    }

    /** One call for each table: the deadline of a call is for a few statements. */
    private Flux<Table> tables() {
        return database.<List<String>>call(sql -> sql.sql("SELECT table_name FROM information_schema.tables"
                                + " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name")
                        .query(String.class)
                        .list())
                .flatMapIterable(names -> names)
                .filter(name -> !RECORDS.contains(name))
                .concatMap(name -> database.call(sql -> table(sql, name)))
                .filter(table -> !table.texts().isEmpty());
    }

    private static Table table(JdbcClient sql, String name) {
        return new Table(
                quoted(name),
                columns(sql, name, MAY_NAME),
                key(sql, name),
                !columns(sql, name, "column_name = 'deleted_at'").isEmpty());
    }

    private static List<String> columns(JdbcClient sql, String table, String which) {
        return quoted(sql.sql("SELECT column_name FROM information_schema.columns"
                        + " WHERE table_schema = DATABASE() AND table_name = ? AND " + which)
                .param(table)
                .query(String.class)
                .list());
    }

    private static List<String> key(JdbcClient sql, String table) {
        return quoted(sql.sql("SELECT column_name FROM information_schema.statistics"
                        + " WHERE table_schema = DATABASE() AND table_name = ? AND index_name = 'PRIMARY'"
                        + " ORDER BY seq_in_index")
                .param(table)
                .query(String.class)
                .list());
    }

    private static List<String> quoted(List<String> names) {
        return names.stream().map(MarkedTables::quoted).toList();
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }
}
