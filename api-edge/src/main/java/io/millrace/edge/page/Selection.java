package io.millrace.edge.page;

import io.millrace.edge.Json;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A SELECT that grows by conditions, for one page of a list from new to old. */
public final class Selection {
    private final StringBuilder statement;
    private final List<Object> values = new ArrayList<>();

    /** @param start up to and with the first condition, as {@code SELECT * FROM posters WHERE deleted_at IS NULL} */
    public Selection(String start, Object... values) {
        statement = new StringBuilder(start);
        this.values.addAll(List.of(values));
    }

    /** {@code AND condition}, with the value for its one place; nothing when the value is null. */
    public Selection and(String condition, @Nullable Object value) {
        if (value != null) {
            statement.append(" AND ").append(condition);
            values.add(value);
        }
        return this;
    }

    /** {@code AND} a condition on a column that holds a time in UTC. */
    public Selection andTime(String condition, @Nullable Long millis) {
        return and(condition, millis == null ? null : utc(millis));
    }

    /** {@code AND column} holds the text, whatever its case. */
    public Selection andHolds(String column, @Nullable String text) {
        return and("LOWER(" + column + ") LIKE LOWER(?)", text == null ? null : like(text));
    }

    /** The rows with the highest ids. */
    public <T> List<T> newest(JdbcClient sql, int limit, RowMapper<T> mapper) {
        values.add(limit);
        statement.append(" ORDER BY id DESC LIMIT ?");
        return sql.sql(statement.toString()).params(values).query(mapper).list();
    }

    /** The rows with the lowest ids. */
    public <T> List<T> lowest(JdbcClient sql, int limit, RowMapper<T> mapper) {
        values.add(limit);
        statement.append(" ORDER BY id LIMIT ?");
        return sql.sql(statement.toString()).params(values).query(mapper).list();
    }

    /** One page and a row more, which tells whether there is another. @param id column that breaks ties */
    public List<ObjectNode> page(
            JdbcClient sql,
            String time,
            String id,
            @Nullable PageCursor below,
            int limit,
            RowMapper<ObjectNode> mapper) {
        if (below != null) {
            LocalDateTime at = utc(below.millis());
            statement
                    .append(" AND (" + time + " < ? OR (" + time + " = ? AND " + id)
                    .append(" < ?))");
            values.addAll(List.of(at, at, below.id()));
        }
        values.add(limit + 1);
        statement.append(" ORDER BY " + time + " DESC, " + id + " DESC LIMIT ?");
        return sql.sql(statement.toString()).params(values).query(mapper).list();
    }

    /**
     * A page as an answer: {@code {name: [], next_cursor}}.
     *
     * @param rows of {@link #page}, each with {@code created_at}
     * @param id field that broke ties
     */
    public static ObjectNode answer(String name, List<ObjectNode> rows, int limit, String id) {
        ObjectNode data = Json.object();
        ArrayNode list = data.putArray(name);
        rows.stream().limit(limit).forEach(list::add);
        if (rows.size() > limit) {
            ObjectNode last = rows.get(limit - 1);
            long millis = OffsetDateTime.parse(last.path("created_at").asString())
                    .toInstant()
                    .toEpochMilli();
            data.put("next_cursor", new PageCursor(millis, last.path(id).asString()).encoded());
        } else {
            data.putNull("next_cursor");
        }
        return data;
    }

    /** A pattern of LIKE that finds the text anywhere, taken literally. */
    public static String like(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private static LocalDateTime utc(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
