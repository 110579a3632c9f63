package io.millrace.edge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places places = new Places(new DeliverySettings(
            Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofHours(24), Duration.ofHours(72), 16, 8, 4));

    @Test
    void endpointsOfOneUserLeaveRoomForOthers() {
        for (int endpoint = 0; endpoint < 2; endpoint++) {
            assertThat(places.room("ann", "dead" + endpoint)).isEqualTo(4);
            fill("ann", "dead" + endpoint, 4);
        }

        assertThat(places.room("ann", "dead2")).isZero();
        assertThat(places.room("bob", "alive")).isEqualTo(4);
    }

    @Test
    void placesAreBoundedForAnEndpointAndInAll() {
        fill("ann", "a", 3);
        assertThat(places.room("ann", "a")).isEqualTo(1);
        fill("bob", "b", 4);
        fill("cid", "c", 4);
        fill("dan", "d", 4);
        assertThat(places.room("eve", "e")).isEqualTo(1);
    }

    @Test
    void placesThatAreGivenBackMayBeTakenAgain() {
        fill("ann", "a", 4);
        fill("ann", "b", 4);
        places.release("ann", "a");

        assertThat(places.room("ann", "a")).isEqualTo(1);
        assertThat(places.room("ann", "b")).isZero();
        assertThat(places.taken()).isEqualTo(7);
    }

    private void fill(String user, String endpoint, int messages) {
        for (int i = 0; i < messages; i++) {
            places.take(user, endpoint);
        }
    }
}
