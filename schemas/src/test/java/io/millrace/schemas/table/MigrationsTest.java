package io.millrace.schemas.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    @Test
    void everyFileIsNamedInTheOrderOfItsNumber() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Migrations.names().stream()
                            .map(name -> name + ".sql")
                            .toList());
        }
        List<Integer> numbers = Migrations.names().stream()
                .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                .toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }
}
