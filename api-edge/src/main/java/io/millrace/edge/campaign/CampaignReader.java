package io.millrace.edge.campaign;

import io.millrace.edge.body.Fields;
import io.millrace.edge.fetch.PictureSession;
import io.millrace.edge.fetch.Pictures;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.submit.Submission;
import io.millrace.edge.submit.SubmissionReader;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.v1.TaskCommand;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a campaign's body: validates every row and writes it as the command it will be. Wrong rows are all named, up to twenty. */
final class CampaignReader {
    private static final int MAX_PROBLEMS = 20;
    private static final String MIXED = "mixed";
    /** For the pictures of one row; each fetch has a limit of its own. */
    private static final Duration FETCH = Duration.ofMinutes(4);

    private final SubmissionReader submissions;
    private final Pictures pictures;

    CampaignReader(SubmissionReader submissions, Pictures pictures) {
        this.submissions = submissions;
        this.pictures = pictures;
    }

    /**
     * Whose campaign it is.
     *
     * @param traceparent W3C trace context, empty when none
     */
    record Order(CampaignId id, String userId, long nowMillis, String traceparent) {}

    /**
     * What was read.
     *
     * @param type of all rows, or {@code mixed}
     */
    record Read(String name, String type, int total) {}

    /**
     * Reads the body and writes its rows.
     *
     * @param lines the body is JSON Lines, one task to a line, and this is the campaign's name; null: it is one JSON object
     * @param rows where the commands go, delimited
     * @throws Problem 400 naming row and field
     */
    Read read(Path body, @Nullable String lines, Order order, Path rows) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(rows), 64 * 1024)) {
            Writing writing = new Writing(order, out);
            String name = lines == null ? json(body, writing) : lines(body, lines, writing);
            writing.finish();
            return new Read(name, writing.type == null ? MIXED : writing.type, writing.total);
        }
    }

    private static String lines(Path body, String name, Writing writing) throws IOException {
        RowSource.lines(body, (path, row) -> writing.task(path, row));
        return name;
    }

    private static String json(Path body, Writing writing) throws IOException {
        ObjectNode beside = RowSource.beside(body);
        Fields fields = new Fields(beside, "", writing.problems);
        String name = fields.text("name", 1, 200);
        if (name == null && writing.problems.isEmpty()) {
            fields.complain("name", "is missing", "Give the campaign a name of 1 to 200 characters.");
        }
        boolean tasks = fields.value("tasks") != null;
        boolean rows = fields.value("rows") != null;
        Fields template = fields.object("template");
        if (tasks == rows || rows != (template != null)) {
            fields.complain(
                    tasks ? "tasks" : "rows", "does not fit", "Send tasks, or template with rows, and not both.");
        }
        fields.refuseUnknown();
        if (!writing.problems.isEmpty()) {
            throw Problem.invalid(writing.problems);
        }
        if (template == null) {
            RowSource.json(body, "tasks", writing::task);
        } else {
            Template filled = new Template(template.node());
            RowSource.json(body, "rows", (path, row) -> writing.row(path, row, filled));
        }
        return name == null ? "" : name;
    }

    /** One reading under way. */
    private final class Writing {
        private final Order order;
        private final OutputStream out;
        private final List<FieldProblem> problems = new ArrayList<>();
        private final Set<String> customIds = new HashSet<>();
        private final PictureSession session;
        private @Nullable String type;
        private int total;

        Writing(Order order, OutputStream out) {
            this.order = order;
            this.out = out;
            this.session = new PictureSession(order.userId(), "");
        }

        boolean row(String path, JsonNode row, Template template) throws IOException {
            if (!(row instanceof ObjectNode variables)) {
                return refuse(path, "must be an object", "Send the variables of the row with their names.");
            }
            int before = problems.size();
            ObjectNode task = template.fill(variables, path, problems);
            return problems.size() > before ? goOn() : task(path, task);
        }

        boolean task(String path, JsonNode row) throws IOException {
            if (total == CampaignId.MAX_ROWS) {
                return refuse(path, "is one too many", "Send at most " + CampaignId.MAX_ROWS + " tasks.");
            }
            if (!(row instanceof ObjectNode task)) {
                return refuse(path, "must be an object", "Send a task as POST /tasks takes it.");
            }
            int before = problems.size();
            Submission submission = submissions.read(task, order.nowMillis(), path, problems);
            String customId = submission.customId().isEmpty() ? "row-" + total : submission.customId();
            if (!customIds.add(customId)) {
                problems.add(new FieldProblem(
                        path + Template.CUSTOM_ID, "is used twice: " + customId, "Give every row an id of its own."));
            }
            if (problems.size() == before) {
                Optional<Submission> usable = usable(path, submission);
                if (usable.isPresent()) {
                    write(usable.get(), customId);
                }
            }
            total++;
            return goOn();
        }

        /** With references in place of pictures; empty when there is a problem with one. */
        private Optional<Submission> usable(String path, Submission submission) {
            try {
                ObjectNode params =
                        pictures.usable(session, submission.params(), path).block(FETCH);
                return Optional.of(submission.withParams(Objects.requireNonNull(params)));
            } catch (Problem problem) {
                if (problem.errors().isEmpty()) {
                    throw problem;
                }
                problems.addAll(problem.errors());
                return Optional.empty();
            }
        }

        private void write(Submission submission, String customId) throws IOException {
            TaskCommand command =
                    submission.command(order.id().task(total), order.userId(), order.nowMillis(), order.traceparent());
            TaskCommand.Builder row = command.toBuilder();
            row.getSubmitBuilder()
                    .setCampaignId(order.id().value())
                    .setCampaignRow(total)
                    .setCustomId(customId);
            row.build().writeDelimitedTo(out);
            if (total == 0) {
                type = submission.type();
            } else if (!submission.type().equals(type)) {
                type = MIXED;
            }
        }

        private boolean refuse(String path, String message, String remedy) {
            String field = path.replaceAll("[.: ]+$", "");
            problems.add(new FieldProblem(field, message, remedy));
            return false;
        }

        private boolean goOn() {
            return problems.size() < MAX_PROBLEMS;
        }

        void finish() {
            if (problems.isEmpty() && total == 0) {
                problems.add(new FieldProblem("tasks", "is empty", "Send at least one task."));
            }
            if (!problems.isEmpty()) {
                throw Problem.invalid(problems);
            }
        }
    }
}
