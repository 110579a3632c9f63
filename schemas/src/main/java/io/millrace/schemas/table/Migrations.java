package io.millrace.schemas.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The SQL that makes the tables, for those who have no edge to do it: there Flyway finds it by itself. */
public final class Migrations {
    private static final String FOLDER = "/db/migration/";

    private static final List<String> NAMES = List.of(
            "V1__task_tables",
            "V2__edge_tables",
            "V3__campaigns_and_metrics",
            "V4__edge_control",
            "V5__edge_design",
            "V6__audit_and_webhooks",
            "V7__log_lines",
            "V8__batch_sizes",
            "V9__sealed_secrets",
            "V10__archive",
            "V11__unnamed_blobs",
            "V12__exact_users_and_outcomes",
            "V13__covers_by_owner");

    private Migrations() {}

    /** File names without their ending, in the order in which they are applied. */
    static List<String> names() {
        return NAMES;
    }

    /** All statements of all migrations, in order. */
    public static List<String> statements() {
        return NAMES.stream()
                .flatMap(name -> Arrays.stream(text(name).split(";\\R")))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    private static String text(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream(FOLDER + name + ".sql")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
