package io.millrace.readmodel.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.table.Migrations;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableTest {
    private static final Pattern COLUMN = Pattern.compile(
            "^ {2}`?([a-z0-9_]+)`? +(?:VARCHAR\\((\\d+)\\)|(?:TEXT|INT|BIGINT|JSON|LONGTEXT|DOUBLE|BOOLEAN|DATETIME).*)");

    private static final Set<Rule> COMPARING = EnumSet.of(Rule.LATEST, Rule.CARRIED, Rule.OUTCOME);

    /** Columns that only the edge writes. */
    private static final Map<Table, Set<String>> OF_THE_EDGE = Map.of(
            Table.POSTERS, Set.of("render_task_id", "version", "deleted_at"),
            Table.LAYERS, Set.of("version", "deleted_at"),
            Table.ELEMENTS, Set.of("version", "deleted_at"));

    @ParameterizedTest
    @EnumSource
    void columnsAndLengthsAreThoseOfTheMigration(Table table) {
        String name = table.name().toLowerCase(Locale.ROOT);
        String migrations = Migrations.statements().stream()
                .filter(statement -> statement.contains("CREATE TABLE " + name + " (")
                        || statement.contains("ALTER TABLE " + name + "\n"))
                .collect(Collectors.joining("\n"))
                .replace("  ADD COLUMN ", "  ");
        TreeMap<String, Integer> migrated = new TreeMap<>();
        Arrays.stream(migrations.split("\n"))
                .map(COLUMN::matcher)
                .filter(Matcher::lookingAt)
                .forEach(column ->
                        migrated.put(column.group(1), column.group(2) == null ? 0 : Integer.parseInt(column.group(2))));

        migrated.keySet().removeAll(OF_THE_EDGE.getOrDefault(table, Set.of()));

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
            if (COMPARING.contains(column.rule())) {
                assertThat(names.indexOf(table.guard(column))).isGreaterThan(names.indexOf(column.name()));
            }
        }
    }
}
