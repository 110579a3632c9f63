package io.millrace.edge.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.schemas.topic.Cursor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
    @Test
    void textLeadsBackToThePlace() {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            Cursor cursor = new Cursor(random.nextInt(64), random.nextLong(1L << 50) - 1, random.nextLong(1L << 40));
            Place place = new Place(cursor, random.nextInt(4));

            assertThat(Place.parse(place.text())).isEqualTo(place);
        }
    }

    @Test
    void plainPlaceIsTheCursorItself() {
        assertThat(Place.of(2, 17, 5).text()).isEqualTo(new Cursor(2, 17, 5).encode());
    }

    @Test
    void doneStandsBehindItsRecordAndBeforeTheNext() {
        Place record = Place.of(0, 7, 1);
        Place done = new Place(record.cursor(), 1);

        assertThat(done.after(record)).isTrue();
        assertThat(record.after(done)).isFalse();
        assertThat(Place.of(0, 8, 1).after(done)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "7",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAA.done",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAA.done0",
                "../..",
                "__________________________8",
                "AAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAA done1"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Place.parse(text));
    }
}
