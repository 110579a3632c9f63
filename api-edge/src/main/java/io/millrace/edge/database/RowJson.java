package io.millrace.edge.database;

import io.millrace.edge.Json;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A row as JSON: one field for each column that is not null; times are RFC 3339 in UTC, texts that hold JSON objects or lists are JSON. */
public final class RowJson {
    private RowJson() {}

    public static ObjectNode of(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        ObjectNode json = Json.object();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            put(json, columns.getColumnLabel(i), columns.getColumnType(i), row, i);
        }
        return json;
    }

    private static void put(ObjectNode json, String name, int type, ResultSet row, int i) throws SQLException {
        switch (type) {
            case Types.TIMESTAMP -> {
                String time = time(row.getObject(i, LocalDateTime.class));
                if (time != null) {
                    json.put(name, time);
                }
            }
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT -> {
                long number = row.getLong(i);
                if (!row.wasNull()) {
                    json.put(name, number);
                }
            }
            case Types.DOUBLE, Types.REAL, Types.DECIMAL -> {
                double number = row.getDouble(i);
                if (!row.wasNull()) {
                    json.put(name, number);
                }
            }
            case Types.BIT, Types.BOOLEAN -> json.put(name, row.getBoolean(i));
            default -> text(json, name, row.getString(i));
        }
    }

    private static void text(ObjectNode json, String name, @Nullable String text) {
        if (text == null) {
            return;
        }
        boolean maybeJson = text.startsWith("{") || text.startsWith("[");
        JsonNode parsed = maybeJson ? Json.lenient(text) : Json.lenient("");
        if (parsed.isContainer()) {
            json.set(name, parsed);
        } else {
            json.put(name, text);
        }
    }

    private static @Nullable String time(@Nullable LocalDateTime time) {
        return time == null ? null : Json.time(time.toInstant(ZoneOffset.UTC).toEpochMilli());
    }
}
