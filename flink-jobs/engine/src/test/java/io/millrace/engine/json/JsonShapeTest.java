package io.millrace.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonShapeTest {
    private static final String OBJECT =
            "{ \"a\" : \"海\\\"\\u00e9\\n报\" ,\"n\": -12.5e3,\"o\":{\"a\":[1, {}, []]} ,\r\n \"t\":true,\"z\":null,\t\"\":[ 0 ,false, -0.1E+7] }\n";

    private static final String PIECES = "{}[]\":,\\/ \n\t0123456789.-+eEtruefalsnbuxé海\u0001";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "{",
                "{\"a\":1}{}",
                "{\"a\":1} x",
                "{'a':1}",
                "{\"a\":nul}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":-}",
                "{\"a\":1e}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":[1,]}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\",
                "{\"a\":\"",
                "{\"a\":+1}",
                "{\"a\":[1}",
                "{\"a\"}"
            })
    void whatIsNotOneObject(String text) {
        assertThat(JsonShape.complaint(ByteString.copyFromUtf8(text))).hasValue("is not one JSON object");
        assertThat(JsonShape.complaint(ByteString.copyFromUtf8(OBJECT))).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreNoObject() {
        byte[] broken = "{\"a\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        broken[6] = (byte) 0xc3;
        byte[] ended = "{} ".getBytes(StandardCharsets.UTF_8);
        ended[2] = 0;

        assertThat(JsonShape.complaint(ByteString.copyFrom(broken))).hasValue("is not one JSON object");
        assertThat(JsonShape.complaint(ByteString.copyFrom(ended))).hasValue("is not one JSON object");
    }

    @Test
    void whatReadersRefuseIsRefused() {
        assertThat(JsonShape.complaint(nested(JsonShape.MAX_DEPTH))).isEmpty();
        assertThat(JsonShape.complaint(nested(JsonShape.MAX_DEPTH + 1))).hasValue("is nested more than 24 levels deep");
        assertThat(JsonShape.complaint(nested(100_000))).hasValue("is nested more than 24 levels deep");
        assertThat(JsonShape.complaint(ByteString.copyFromUtf8("{\"a\":" + "1".repeat(1001) + "}")))
                .isPresent();
        assertThat(JsonShape.complaint(ByteString.copyFromUtf8("{\"" + "a".repeat(50_001) + "\":1}")))
                .isPresent();
    }

    /** What a parser takes, to the letter: 200,000 texts with some characters changed, dropped or added. */
    @Test
    void saysWhatAParserSays() {
        Random random = new Random(16);
        int sound = 0;
        for (int run = 0; run < 200_000; run++) {
            ByteString text = ByteString.copyFromUtf8(changed(random));
            boolean parses = parses(text);
            assertThat(JsonShape.complaint(text).isEmpty())
                    .as("run %d: %s", run, text.toStringUtf8())
                    .isEqualTo(parses);
            sound += parses ? 1 : 0;
        }
        assertThat(sound).isBetween(10_000, 190_000);
    }

    private static String changed(Random random) {
        StringBuilder text = new StringBuilder(OBJECT);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(text.length());
            char piece = PIECES.charAt(random.nextInt(PIECES.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, piece);
                case 1 -> text.insert(at, piece);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }

    private static boolean parses(ByteString text) {
        try (JsonParser parser = new JsonFactory().createParser(text.toByteArray())) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            while (parser.nextToken() != null) {
                object &= !parser.getParsingContext().inRoot() || parser.currentToken() == JsonToken.END_OBJECT;
                parser.getText();
            }
            return object;
        } catch (IOException e) {
            return false;
        }
    }

    private static ByteString nested(int depth) {
        int arrays = depth - 1;
        return ByteString.copyFromUtf8("{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}");
    }
}
