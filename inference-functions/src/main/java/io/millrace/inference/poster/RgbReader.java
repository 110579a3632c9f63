package io.millrace.inference.poster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.millrace.inference.poster.colour.Rgb;
import java.io.IOException;

/** Reads {@code #rrggbb}. */
final class RgbReader extends StdDeserializer<Rgb> {
    private static final long serialVersionUID = 1L;

    RgbReader() {
        super(Rgb.class);
    }

    @Override
    public Rgb deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return Rgb.of(parser.getValueAsString(""));
    }
}
