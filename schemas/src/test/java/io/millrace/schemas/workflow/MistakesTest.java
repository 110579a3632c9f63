package io.millrace.schemas.workflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in a definition is named with its file, its line and its field. */
class MistakesTest {
    private static final String SOUND = """
            type: banner
            version: 1
            lane: poster
            phases:
              - name: sketch
                function: layout
                mark: 10
                timeout: 20s
                reads: []
                retry: {max_attempts: 2, backoff: 250ms}
                message: {en: Sketching, zh: 草图}
              - name: draw
                function: background
                mark: 20
                timeout: 20s
                reads: [sketch]
                for_each: {phase: sketch, field: parts}
                retry: {max_attempts: 2, backoff: 250ms}
                message: {en: Drawing, zh: 绘制}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lane: poster|lane: nowhere|3: lane names no lane of lanes.yaml: nowhere",
                "function: layout|function: sculpt|6: phases[0].function names no function of functions.yaml: sculpt",
                "function: layout|max_wait: 1s|5: phases[0].function is missing: only an external phase has none",
                "mark: 20|mark: 9|14: phases[1].mark is out of order: it must be from 10 to 99",
                "mark: 10|mark: 100|7: phases[0].mark is out of order: it must be from 0 to 99",
                "mark: 10|mark: ten|7: phases[0].mark must be a whole number",
                "    timeout: 20s\\n    reads: []|    reads: []|5: phases[0].timeout is missing: it must be a duration",
                "timeout: 20s|timeout: 20 seconds|8: phases[0].timeout must be a duration such as 500ms, 30s, 5m",
                "timeout: 20s|timeout: 61s|8: phases[0].timeout must be at most 60s",
                "max_attempts: 2|max_attempts: 0|10: phases[0].retry.max_attempts must be 1 or more",
                "retry: {max_attempts: 2, backoff|retry: {max_attempt: 2, backoff|10: phases[0].retry.max_attempt is not a field",
                "name: sketch|name: init|5: phases[0].name init is reserved",
                "name: draw|name: sketch|12: phases[1].name sketch is used twice",
                "version: 1|versoin: 1|2: versoin is not a field here: known are type, aliases, version",
                "version: 1|version: 0|2: version must be 1 or more",
                "version: 1|version: 99999999999|2: version must be a whole number, not 99999999999",
                "lane: poster|lane: poster\\nlane: poster|4: lane is given twice",
                "reads: []|reads: [other]|9: phases[0].reads names no phase: other",
                "reads: []|reads: [draw]|9: phases[0].reads makes a cycle: draw does not run before",
                "reads: []|reads: yes|9: phases[0].reads must be a list of texts",
                "phase: sketch|phase: other|17: phases[1].for_each.phase names no phase: other",
                "phase: sketch|phase: draw|17: phases[1].for_each.phase makes a cycle",
                "field: parts|field: parts, max_items: 1001|17: phases[1].for_each.max_items must be from 1 to 1000",
                "field: parts|field: parts, partial: perhaps|17: phases[1].for_each.partial must be allowed or forbidden",
                "field: parts}|field: parts}\\n    external: {lease: 1m}|17: phases[1].for_each excludes external",
                "reads: []|external: {lease: 25h}|9: phases[0].external.lease must be more than 0 and at most 24h",
                "reads: []|when: {phase: draw, fact: a, equals: b}|9: phases[0].when.phase must name an earlier phase",
                "reads: []|max_wait: 11s|9: phases[0].max_wait must be from 0ms to 10s",
                "mark: 10|mark: 10, reads: [other]|7: not YAML: mapping values are not allowed here",
            })
    void aMistakeNamesFileLineAndField(String from, String to, String complaint) throws IOException {
        String wrong = SOUND.replaceFirst(
                java.util.regex.Pattern.quote(from.replace("\\n", "\n")),
                java.util.regex.Matcher.quoteReplacement(to == null ? "" : to.replace("\\n", "\n")));
        write("workflows/banner.yaml", wrong);

        assertThatThrownBy(() -> Definitions.shippedAnd(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("banner.yaml:" + complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lanes.yaml|lanes: {poster: {concurrency: 1001}}|lanes.poster.concurrency must be from 1 to 1000, not 1001",
                "lanes.yaml|lanes: {poster: {slots: 2}}|lanes.poster.slots is not a field here",
                "lanes.yaml|lanes: {poster: {concurrency: 2, tenants: {a: {weight: 0}}}}|lanes.poster.tenants.a.weight must be",
                "lanes.yaml|lanes: {poster: {concurrency: 2, default_cap: 0}}|lanes.poster.default_cap must be 1 or more",
                "functions.yaml|functions: {Up: {}}|functions.Up is no name",
                "functions.yaml|functions: {up: {url: \"ftp://x\"}}|functions.up.url must be an http or https address",
                "functions.yaml|functions: {up: {slots: 33}}|functions.up.slots must be from 1 to 32",
                "functions.yaml|[]|the file must be a mapping",
            })
    void lanesAndFunctionsAreChecked(String file, String text, String complaint) throws IOException {
        write(file, text);

        assertThatThrownBy(() -> Definitions.shippedAnd(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + ":1: " + complaint);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
