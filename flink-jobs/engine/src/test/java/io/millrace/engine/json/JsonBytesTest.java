package io.millrace.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonBytesTest {
    @Test
    void nestsObjectsAndLists() {
        JsonBytes json =
                new JsonBytes(8).text("a", "x").number("b", -1).time("none", 0).text("empty", "");
        json.open("c").text("d", "\"\\\n").close();
        json.openList("e").openItem().number("f", 1).close().openItem().close().closeList();
        json.raw("g", ByteString.copyFromUtf8("[1,2]"));

        assertThat(json.build().toStringUtf8())
                .isEqualTo("{\"a\":\"x\",\"b\":-1,\"c\":{\"d\":\"\\\"\\\\\\u000a\"},\"e\":[{\"f\":1},{}],\"g\":[1,2]}");
    }

    @Test
    void anyTextSurvives() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 2_000; run++) {
            StringBuilder text = new StringBuilder("x");
            for (int i = random.nextInt(20); i > 0; i--) {
                int point = random.nextInt(Character.MAX_CODE_POINT + 1);
                boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
                text.appendCodePoint(surrogate ? '诚' : point);
            }
            Struct.Builder parsed = Struct.newBuilder();

            JsonFormat.parser()
                    .merge(new JsonBytes(4).text("t", text.toString()).build().toStringUtf8(), parsed);

            assertThat(parsed.getFieldsOrThrow("t").getStringValue()).isEqualTo(text.toString());
        }
    }
}
