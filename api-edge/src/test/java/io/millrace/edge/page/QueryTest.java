package io.millrace.edge.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

class QueryTest {
    private static Query query(String... pairs) {
        MultiValueMap<String, String> given = new LinkedMultiValueMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            given.add(pairs[i], pairs[i + 1]);
        }
        return Query.of(given, "status", "created_after", "visible", "limit", "cursor");
    }

    @Test
    void everyWrongParameterIsNamedInOneAnswer() {
        Query query = query("sort", "up", "status", "done", "created_after", "soon", "limit", "0", "cursor", "???");
        query.oneOf("status", List.of("failed"));
        query.time("created_after");
        query.limit();
        query.cursor();

        assertThatThrownBy(query::requireValid)
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors())
                                .extracting(FieldProblem::field)
                                .containsExactly("sort", "status", "created_after", "limit", "cursor"));
    }

    @Test
    void unknownParametersAreToldWhichThereAre() {
        assertThatThrownBy(query("stats", "failed")::requireValid)
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors().get(0).remedy())
                                .contains("status, created_after, visible, limit, cursor"));
    }

    @Test
    void aParameterStandsOnce() {
        assertThatThrownBy(query("status", "failed", "status", "completed")::requireValid)
                .hasMessageContaining("more than once");
    }

    @Test
    void timesAreReadWithOffsetsAsQueriesCarryThem() {
        assertThat(query("created_after", "2026-01-31T12:00:00Z").time("created_after"))
                .isEqualTo(1769860800000L);
        assertThat(query("created_after", "2026-01-31T20:00:00 08:00").time("created_after"))
                .isEqualTo(1769860800000L);
        assertThat(query("created_after", "1769860800000").time("created_after"))
                .isEqualTo(1769860800000L);
        assertThat(query().time("created_after")).isNull();
        assertThat(query("visible", "false").flag("visible")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+999999999-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "253402300800000", "999999999999999"})
    void aTimeThatNothingCanHoldIsNone(String time) {
        Query query = query("created_after", time);

        assertThat(query.time("created_after")).isNull();
        assertThatThrownBy(query::requireValid)
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors())
                                .extracting(FieldProblem::field)
                                .containsExactly("created_after"));
    }

    @Test
    void aTimeBeforeAnythingHappenedIsTheBeginning() {
        assertThat(query("created_after", "-999999999-01-01T00:00:00Z").time("created_after"))
                .isNull();
        assertThat(query("created_after", "0001-01-01T00:00:00Z").time("created_after"))
                .isEqualTo(1);
        assertThat(query("created_after", "9999-12-31T23:59:59.999Z").time("created_after"))
                .isEqualTo(253402300799999L);
    }

    @Test
    void cursorsAreReadAsTheyWereWritten() {
        PageCursor cursor = new PageCursor(1769860800000L, "poster_018f");

        assertThat(query("cursor", cursor.encoded()).cursor()).isEqualTo(cursor);
        assertThat(PageCursor.decoded("bm8")).isEmpty();
        assertThat(PageCursor.decoded(new PageCursor(253402300800000L, "x").encoded()))
                .isEmpty();
        assertThat(PageCursor.decoded("MTIz IHg")).isEmpty();
    }

    @Test
    void signsOfAPatternAreTakenLiterally() {
        assertThat(Selection.like("50%_\\")).isEqualTo("%50\\%\\_\\\\%");
    }
}
