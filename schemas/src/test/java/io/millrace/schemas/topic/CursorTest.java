package io.millrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CursorTest {
    @Test
    void everyPositionSurvives() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            Cursor cursor =
                    new Cursor(random.nextInt(1_000), random.nextLong(Long.MAX_VALUE), random.nextLong(1L << 50));
            assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
        }
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> Cursor.decode("abc")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cursor.decode("!")).isInstanceOf(IllegalArgumentException.class);
    }
}
