package io.millrace.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void argumentsWinOverTheEnvironmentAndAbsenceOverNothing() {
        Options options = options("--a-b=1", "--c", "2");

        assertThat(options.find("a-b")).contains("1");
        assertThat(options.find("c")).contains("2");
        assertThat(options.find("from-outside")).contains("yes");
        assertThat(options.find("blank")).isEmpty();
        assertThat(options.number("a-b", 7)).isEqualTo(1);
        assertThat(options.number("absent", 7)).isEqualTo(7);
        assertThat(options.duration("absent", Duration.ofMinutes(3))).isEqualTo(Duration.ofMinutes(3));
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "5min, PT5M", "24h, PT24H", "90d, PT2160H"})
    void durationsAreWrittenInOneWayEverywhere(String text, Duration duration) {
        assertThat(options("--for=" + text).duration("for", Duration.ZERO)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "m", "5 m", "-5m", "5M", "PT5M", "1h30m", "9999999999s", "4000d"})
    void whatIsNoDurationIsRefusedByName(String text) {
        assertThatThrownBy(() -> options("--for=" + text).duration("for", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--for must be a duration such as 500ms, 30s, 5m, 24h or 90d, from ")
                .hasMessageEndingWith("not " + text);
    }

    @Test
    void familiesOfOptionsAreFoundByTheirPrefix() {
        Options options = options("--token-big_gpu=x");

        assertThat(options.startingWith("token-")).isEqualTo(Map.of("big-gpu", "x", "small", "z"));
        options.refuseUnused();
    }

    @Test
    void whatNobodyAskedForIsRefused() {
        Options options = options("--knwon=1");

        assertThat(options.find("known")).isEmpty();
        assertThat(options.unused()).containsExactly("knwon");
        assertThatThrownBy(options::refuseUnused).hasMessage("unknown option --knwon; known are [known]");
    }

    private static Options options(String... args) {
        return new Options(
                args, Map.of("MILLRACE_FROM_OUTSIDE", "yes", "MILLRACE_BLANK", " ", "MILLRACE_TOKEN_SMALL", "z"));
    }
}
