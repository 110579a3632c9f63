package io.millrace.engine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Cuts values out of JSON bytes as they stand, without building objects. */
public final class JsonSlices {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonSlices() {}

    /**
     * The values of top-level fields, in the order of the names; empty for a field that is not there. Of a field given twice the
     * last value counts.
     *
     * @throws IllegalArgumentException when the text is not a JSON object
     */
    public static List<ByteString> fields(ByteString object, List<String> names) {
        List<ByteString> values = new ArrayList<>(Collections.nCopies(names.size(), ByteString.EMPTY));
        byte[] bytes = object.toByteArray();
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            open(parser);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                int place = names.indexOf(parser.currentName());
                parser.nextToken();
                ByteString value = value(parser, bytes);
                if (place >= 0) {
                    values.set(place, value);
                }
            }
            return values;
        } catch (IOException e) {
            throw new IllegalArgumentException("not a JSON object: " + reason(e), e);
        }
    }

    /** The elements of the array in a top-level field; empty when there is no such array, or the text is no JSON object. */
    public static Optional<List<ByteString>> elements(ByteString object, String field) {
        List<ByteString> elements = new ArrayList<>();
        byte[] bytes = object.toByteArray();
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            open(parser);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(field);
                if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        elements.add(value(parser, bytes));
                    }
                    return Optional.of(elements);
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void open(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("it does not begin with {");
        }
    }

    /** The value the parser stands on; afterwards it stands on its end. */
    private static ByteString value(JsonParser parser, byte[] bytes) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return ByteString.copyFrom(bytes, start, end - start);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        int line = message == null ? -1 : message.indexOf('\n');
        if (message == null) {
            return "";
        }
        return line < 0 ? message : message.substring(0, line);
    }
}
