package io.millrace.inference.roadmap.curriculum;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.roadmap.Concept;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class HoursTest {
    @Test
    void allOfItIsSharedOutInProportionAndNobodyGetsNothing() {
        List<Concept> concepts =
                DoubleStream.of(3, 3, 4, 0.1, 5).mapToObj(HoursTest::concept).toList();
        for (int halves = concepts.size(); halves < 200; halves++) {
            List<Concept> shared = Hours.share(concepts, halves);

            assertThat(shared.stream().mapToInt(Concept::halfHours).sum()).isEqualTo(halves);
            assertThat(shared).allMatch(concept -> concept.halfHours() >= 1);
        }
        List<Concept> lopsided =
                DoubleStream.of(0.1, 10, 0.1, 0.1).mapToObj(HoursTest::concept).toList();
        for (int halves = lopsided.size(); halves < 60; halves++) {
            assertThat(Hours.share(lopsided, halves).stream().mapToInt(Concept::halfHours))
                    .containsExactly(1, halves - 3, 1, 1);
        }
        List<Concept> even = Hours.share(concepts.subList(0, 3), 20);
        assertThat(even).extracting(Concept::halfHours).containsExactly(6, 6, 8);
    }

    private static Concept concept(double hours) {
        return new Concept("c" + hours, "A concept", "general", Concept.Origin.METHOD, 1, hours, List.of(), null);
    }
}
