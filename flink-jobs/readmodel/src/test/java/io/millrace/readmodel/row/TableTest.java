package io.millrace.readmodel.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.readmodel.fixture.TaskTables;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableTest {
    private static final Pattern COLUMN = Pattern.compile(
            "^ {2}`?([a-z0-9_]+)`? +(?:VARCHAR\\((\\d+)\\)|(?:TEXT|INT|BIGINT|JSON|LONGTEXT|DOUBLE|BOOLEAN|DATETIME).*)");

    @ParameterizedTest
    @EnumSource
    void columnsAndLengthsAreThoseOfTheMigration(Table table) {
        String create = TaskTables.statements().stream()
                .filter(statement ->
                        statement.contains("CREATE TABLE " + table.name().toLowerCase(Locale.ROOT) + " ("))
                .findFirst()
                .orElseThrow();
        TreeMap<String, Integer> migrated = new TreeMap<>();
        String added = table == Table.TASKS
                ? TaskTables.statements().stream()
                        .filter(statement -> statement.contains("ALTER TABLE tasks"))
                        .findFirst()
                        .orElseThrow()
                        .replace("  ADD COLUMN ", "  ")
                : "";
        Arrays.stream((create + "\n" + added).split("\n"))
                .map(COLUMN::matcher)
                .filter(Matcher::lookingAt)
                .forEach(column ->
                        migrated.put(column.group(1), column.group(2) == null ? 0 : Integer.parseInt(column.group(2))));

        TreeMap<String, Integer> known = new TreeMap<>();
        table.columns().forEach(column -> known.put(column.name(), column.maxChars()));

        assertThat(known.keySet()).isEqualTo(migrated.keySet());
        migrated.values().removeIf(length -> length == 0);
        assertThat(known).containsAllEntriesOf(migrated);
    }

    @ParameterizedTest
    @EnumSource
    void guardIsSetAfterWhatComparesWithIt(Table table) {
        List<String> names = table.columns().stream().map(Column::name).toList();
        for (Column column : table.columns()) {
            if (column.rule() == Rule.LATEST || column.rule() == Rule.CARRIED) {
                assertThat(names.indexOf(table.guard(column))).isGreaterThan(names.indexOf(column.name()));
            }
        }
    }
}
