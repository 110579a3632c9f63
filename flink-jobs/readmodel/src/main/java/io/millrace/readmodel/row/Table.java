package io.millrace.readmodel.row;

import static io.millrace.readmodel.row.Column.exact;
import static io.millrace.readmodel.row.Column.id;
import static io.millrace.readmodel.row.Column.text;
import static io.millrace.readmodel.row.Column.value;
import static io.millrace.readmodel.row.Rule.COLLECTED;
import static io.millrace.readmodel.row.Rule.EARLIEST;
import static io.millrace.readmodel.row.Rule.FIXED;
import static io.millrace.readmodel.row.Rule.GIVEN;
import static io.millrace.readmodel.row.Rule.LARGEST;
import static io.millrace.readmodel.row.Rule.LATEST;
import static io.millrace.readmodel.row.Rule.ORIGIN;

import java.util.List;
import java.util.Locale;

/** The tables of the read model, column by column as in the migration. Only {@link #TASKS} changes rows; the others add them. */
public enum Table {
    /** {@code version} stands last: the rules before it compare with the version the row had. */
    TASKS(List.of(
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
            value("phase_results", COLLECTED),
            value("result", LATEST),
            value("error", LATEST),
            value("timings", LATEST),
            text("cancel_reason", 500, LATEST),
            id("parent_task_id", GIVEN),
            id("campaign_id", GIVEN),
            exact("custom_id", 128, GIVEN),
            value("attempt", LATEST),
            value("step", LATEST),
            value("compute_ms", LARGEST),
            value("created_at", ORIGIN),
            value("started_at", EARLIEST),
            value("completed_at", LATEST),
            value("updated_at", LATEST),
            value("version", LARGEST))),
    TASK_STATE_SNAPSHOTS(List.of(
            id("task_id", FIXED),
            value("version", FIXED),
            text("event_type", 64, FIXED),
            text("status", 20, FIXED),
            text("phase", 64, FIXED),
            value("progress", FIXED),
            value("state", FIXED),
            value("created_at", FIXED))),
    TASK_PROGRESS_LOGS(List.of(
            id("task_id", FIXED),
            value("version", FIXED),
            text("phase", 64, FIXED),
            value("progress", FIXED),
            text("message", 500, FIXED),
            value("created_at", FIXED))),
    DESIGNS(List.of(
            id("id", FIXED),
            id("task_id", FIXED),
            exact("user_id", 128, FIXED),
            text("title", 200, FIXED),
            value("created_at", FIXED),
            value("updated_at", FIXED))),
    POSTERS(List.of(
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
    LAYERS(List.of(
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
    POSTER_LAYERS(List.of(
            id("id", 130, FIXED),
            id("poster_id", FIXED),
            id("layer_id", FIXED),
            value("order", FIXED),
            value("created_at", FIXED))),
    ELEMENTS(List.of(
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

    private final List<Column> columns;

    Table(List<Column> columns) {
        this.columns = columns;
    }

    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public List<Column> columns() {
        return columns;
    }
}
