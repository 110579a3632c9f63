package io.millrace.edge.prefer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=30|30",
                "WAIT = 30|30",
                "respond-async, wait=7|7",
                "handling=lenient; wait=7|7",
                "wait=\"12\"|12",
                "wait=3, wait=9|3",
                "wait=100000000|55"
            })
    void theFirstWaitCountsUpToTheLongest(String header, long seconds) {
        assertThat(Preference.of(header).patience()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "wait", "wait=", "wait=soon", "wait=-3", "wait=1.5", "wait=0", "await=5", "wait=99999999999"
            })
    void whatIsNotUnderstoodIsIgnored(String header) {
        assertThat(Preference.of(header).isToWait()).isFalse();
    }

    @Test
    void withoutTheHeaderNothingIsSaid() {
        assertThat(Preference.of(null).applied().isEmpty()).isTrue();
    }
}
