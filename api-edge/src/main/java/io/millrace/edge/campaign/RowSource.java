package io.millrace.edge.campaign;

import io.millrace.edge.Json;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the rows of a campaign's body one by one. A body may name its fields in any order: what stands beside the rows is read first. */
final class RowSource {
    /** A row is read where it stands, with others behind it. */
    private static final JsonMapper ROWS = Json.REQUESTS
            .rebuild()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RowSource() {}

    /** Takes one row: its place as people count it, and the row. @return whether to go on */
    @FunctionalInterface
    interface Taker {
        boolean take(String path, JsonNode row) throws IOException;
    }

    /** The fields beside {@code tasks} and {@code rows}; those two are there as empty lists. */
    static ObjectNode beside(Path file) throws IOException {
        ObjectNode fields = Json.object();
        try (JsonParser parser = ROWS.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Problem.invalid("", "is not a JSON object", "Send {name, tasks} or {name, template, rows}.");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY) {
                    parser.skipChildren();
                    fields.putArray(name);
                } else {
                    JsonNode value = parser.readValueAsTree();
                    fields.set(name, value);
                }
            }
            return fields;
        } catch (JacksonException e) {
            throw broken(e, null);
        }
    }

    /** Hands over the items of a list of the body as {@code NAME[INDEX]}. */
    static void json(Path file, String list, Taker taker) throws IOException {
        try (JsonParser parser = ROWS.createParser(file.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = parser.currentName().equals(list);
                parser.nextToken();
                if (!wanted) {
                    parser.skipChildren();
                    continue;
                }
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    JsonNode row = parser.readValueAsTree();
                    if (!taker.take(list + "[" + i + "].", row)) {
                        return;
                    }
                }
            }
        } catch (JacksonException e) {
            throw broken(e, null);
        }
    }

    /** Hands over the lines of the body as {@code line NUMBER}, empty lines left out. */
    static void lines(Path file, Taker taker) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank() && !taker.take("line " + number + ": ", tree(line, number))) {
                    return;
                }
            }
        } catch (java.nio.charset.CharacterCodingException e) {
            throw Problem.invalid("", "is not UTF-8", "Send the lines in UTF-8.");
        }
    }

    private static JsonNode tree(String line, int number) {
        try {
            return Json.REQUESTS.readTree(line);
        } catch (JacksonException e) {
            throw broken(e, number);
        }
    }

    private static Problem broken(JacksonException e, @Nullable Integer line) {
        if (e instanceof StreamConstraintsException) {
            return Bodies.tooDeep(line == null ? "" : "line " + line);
        }
        int at = line != null
                ? line
                : e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        String column =
                e.getLocation() == null ? "" : ", column " + e.getLocation().getColumnNr();
        return Problem.invalid(
                "line " + at, "is not valid JSON" + column, "Send UTF-8 without repeated keys, one value to a line.");
    }
}
