package io.millrace.readmodel.row;

import static io.millrace.readmodel.row.Column.exact;
import static io.millrace.readmodel.row.Column.id;
import static io.millrace.readmodel.row.Column.text;
import static io.millrace.readmodel.row.Column.value;
import static io.millrace.readmodel.row.Rule.CARRIED;
import static io.millrace.readmodel.row.Rule.COLLECTED;
import static io.millrace.readmodel.row.Rule.EARLIEST;
import static io.millrace.readmodel.row.Rule.FIXED;
import static io.millrace.readmodel.row.Rule.GIVEN;
import static io.millrace.readmodel.row.Rule.LARGEST;
import static io.millrace.readmodel.row.Rule.LATEST;
import static io.millrace.readmodel.row.Rule.ORIGIN;
import static io.millrace.readmodel.row.Rule.OUTCOME;

import java.util.List;
import java.util.Locale;

/**
 * The tables of the read model, column by column as in the migration. The guard of a table stands last: the rules before it compare
 * with the one the row had.
 */
public enum Table {
    TASKS(
            "version",
            1,
            List.of(
                    id("id", FIXED),
                    exact("user_id", 128, FIXED),
                    exact("project_id", 128, GIVEN),
                    text("type", 50, FIXED),
                    value("workflow_version", ORIGIN),
                    value("priority", ORIGIN),
                    text("status", 20, LATEST),
                    text("phase", 64, LATEST),
                    value("progress", LATEST),
                    text("message", 500, LATEST),
                    value("details", LATEST),
                    value("input_params", GIVEN),
                    value("phase_results", CARRIED),
                    value("result", OUTCOME),
                    value("error", OUTCOME),
                    value("timings", OUTCOME),
                    text("cancel_reason", 500, OUTCOME),
                    id("parent_task_id", GIVEN),
                    id("campaign_id", GIVEN),
                    exact("custom_id", 128, GIVEN),
                    value("attempt", LATEST),
                    value("step", LATEST),
                    value("compute_ms", LARGEST),
                    value("created_at", ORIGIN),
                    value("started_at", EARLIEST),
                    value("completed_at", OUTCOME),
                    value("updated_at", LATEST),
                    value("round", LARGEST),
                    value("campaign_row", GIVEN),
                    value("deleted_at", GIVEN),
                    value(Column.RESULTS_VERSION, LARGEST),
                    value(Column.OUTCOME_VERSION, LARGEST),
                    value("version", LARGEST))),
    /** The events of a task, sixteen versions to a row. */
    TASK_HISTORY("", 2, List.of(id("task_id", FIXED), value("page", FIXED), value("entries", COLLECTED))),
    CAMPAIGNS(
            "version",
            1,
            List.of(
                    id("id", FIXED),
                    exact("user_id", 128, FIXED),
                    text("name", 200, LATEST),
                    text("type", 50, FIXED),
                    value("total", LATEST),
                    value("completed", LATEST),
                    value("partial_failure", LATEST),
                    value("failed", LATEST),
                    value("cancelled", LATEST),
                    text("status", 20, LATEST),
                    value("created_at", FIXED),
                    value("completed_at", LATEST),
                    value("compute_ms", LARGEST),
                    value("updated_at", LATEST),
                    value("version", LARGEST))),
    ROADMAPS(
            "version",
            1,
            List.of(
                    id("id", FIXED),
                    exact("user_id", 128, FIXED),
                    text("title", 200, GIVEN),
                    text("status", 20, LATEST),
                    value("content", OUTCOME),
                    value("created_at", ORIGIN),
                    value("updated_at", LATEST),
                    value(Column.OUTCOME_VERSION, LARGEST),
                    value("version", LARGEST))),
    /** Guarded by task and version in one text, so that the newest task of a roadmap wins whatever comes first. */
    COVER_IMAGES(
            "position",
            2,
            List.of(
                    id("roadmap_id", FIXED),
                    exact("user_id", 128, FIXED),
                    id("task_id", LATEST),
                    text("status", 20, LATEST),
                    exact("url", 500, LATEST),
                    text("error", 1000, LATEST),
                    value("attempt", LATEST),
                    value("updated_at", LATEST),
                    id("position", 90, LARGEST))),
    /** A minute that was corrected has more events than before. */
    TASK_METRICS_MINUTE(
            "events",
            1,
            List.of(
                    id("id", 80, FIXED),
                    value("minute_at", FIXED),
                    text("type", 50, FIXED),
                    value("submitted", LATEST),
                    value("started", LATEST),
                    value("completed", LATEST),
                    value("partial_failure", LATEST),
                    value("failed", LATEST),
                    value("cancelled", LATEST),
                    value("recovered", LATEST),
                    value("queue_p50_ms", LATEST),
                    value("queue_p90_ms", LATEST),
                    value("queue_p99_ms", LATEST),
                    value("run_p50_ms", LATEST),
                    value("run_p90_ms", LATEST),
                    value("run_p99_ms", LATEST),
                    value("failures", LATEST),
                    value("inference_ms", LATEST),
                    value("batches", LATEST),
                    value("events", LARGEST))),
    DESIGNS(
            "",
            1,
            List.of(
                    id("id", FIXED),
                    id("task_id", FIXED),
                    exact("user_id", 128, FIXED),
                    text("title", 200, FIXED),
                    value("created_at", FIXED),
                    value("updated_at", FIXED))),
    POSTERS(
            "",
            1,
            List.of(
                    id("id", FIXED),
                    id("design_id", FIXED),
                    id("task_id", FIXED),
                    exact("user_id", 128, FIXED),
                    text("title", 200, FIXED),
                    // TEXT holds 65,535 bytes, and a character takes at most four.
                    text("description", 16_383, FIXED),
                    value("width", FIXED),
                    value("height", FIXED),
                    text("background", 500, FIXED),
                    exact("preview_url", 500, FIXED),
                    exact("source_url", 500, FIXED),
                    value("metadata", FIXED),
                    value("created_at", FIXED),
                    value("updated_at", FIXED))),
    LAYERS(
            "",
            2,
            List.of(
                    id("id", FIXED),
                    exact("user_id", 128, FIXED),
                    text("name", 100, FIXED),
                    text("type", 50, FIXED),
                    value("order", FIXED),
                    value("opacity", FIXED),
                    text("blend_mode", 50, FIXED),
                    value("locked", FIXED),
                    value("visible", FIXED),
                    value("created_at", FIXED),
                    value("updated_at", FIXED))),
    POSTER_LAYERS(
            "",
            1,
            List.of(
                    id("id", 130, FIXED),
                    id("poster_id", FIXED),
                    id("layer_id", FIXED),
                    value("order", FIXED),
                    value("created_at", FIXED))),
    ELEMENTS(
            "",
            1,
            List.of(
                    id("id", FIXED),
                    exact("user_id", 128, FIXED),
                    id("layer_id", FIXED),
                    text("type", 50, FIXED),
                    value("order", FIXED),
                    value("transform", FIXED),
                    value("style", FIXED),
                    value("content", FIXED),
                    value("locked", FIXED),
                    value("visible", FIXED),
                    value("selectable", FIXED),
                    value("created_at", FIXED),
                    value("updated_at", FIXED)));

    private final String guard;
    private final int keys;
    private final List<Column> columns;

    /**
     * @param guard the column that says which of two rows is newer; empty where rows never change
     * @param keys how many of the columns, from the first, name a row
     */
    Table(String guard, int keys, List<Column> columns) {
        this.guard = guard;
        this.keys = keys;
        this.columns = columns;
    }

    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public List<Column> columns() {
        return columns;
    }

    /** The columns that name a row. */
    public List<Column> key() {
        return columns.subList(0, keys);
    }

    /** The column that the rule of another one compares. */
    public String guard(Column column) {
        return switch (column.rule()) {
            case CARRIED -> Column.RESULTS_VERSION;
            case OUTCOME -> Column.OUTCOME_VERSION;
            case FIXED, LATEST, GIVEN, ORIGIN, EARLIEST, LARGEST, COLLECTED -> guard;
        };
    }

    /** Whether the rows of a task go when it is deleted; that of {@link #TASKS} stays, emptied, as the mark that it was. */
    public boolean goesWithItsTask() {
        return this == TASK_HISTORY || this == ROADMAPS;
    }
}
