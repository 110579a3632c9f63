package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people do in the console, beyond watching. */
class ConsoleFormsIT extends InBrowser {
    /** More than a small poster takes on a busy machine. */
    private static final Duration EACH = Duration.ofSeconds(5);

    /** Of two tasks for the one slot of their worker, who never comes: nothing happens but what is clicked. */
    @Test
    void aTaskIsPausedAndResumedAndCancelledAfterAQuestion() throws Exception {
        EdgeClient paul = new EdgeClient(Stack.stack(), "paul");
        EdgeClient root = new EdgeClient(Stack.stack(), "root", "admin");
        assertThat(root.put("/api/v1/lanes/workers", "{\"concurrency\": 1}").status())
                .isEqualTo(200);
        try (ConsolePage page = opened("paul")) {
            String first = paul.submit(Prompts.WORKER);
            String task = paul.submit(Prompts.WORKER);
            page.go("#/tasks/" + task).await(".task-head .badge", "Queued");

            page.click(".task-head button", "Pause").await(".task-head .badge", "Paused");
            page.await(".log", "").isAccessible("a paused task");
            page.click(".task-head button", "Resume").await(".task-head .badge", "Queued");

            assertThat(paul.post("/api/v1/tasks/" + first + "/cancel", "{}").status())
                    .isEqualTo(200);
            page.await(".task-head .badge", "Running").click(".task-head button", "Cancel");
            page.type("#dialog-reason", "sold out").click("dialog button[type=submit]", "Cancel");
            page.await(".task-head .badge", "Cancelled")
                    .await("#main", "sold out")
                    .hasNoComplaints();
            assertThat(paul.get("/api/v1/tasks/" + task)
                            .data()
                            .path("cancel_reason")
                            .asText())
                    .isEqualTo("sold out");
        } finally {
            root.put("/api/v1/lanes/workers", "{\"concurrency\": 4}");
        }
    }

    @Test
    void whatAFormSaysIsKeptAsAPresetForEveryBrowserOfItsOwner() throws Exception {
        try (ConsolePage page = opened("pria").go("#/new")) {
            page.await(".presets", "Save what this form says").type("#prompt", "A poster for the shop window");
            page.script(SMALL);
            page.type("#preset", "window").click(".presets button", "Save");
            page.await(".presets .chip[aria-pressed=true]", "window").isAccessible("a preset");

            page.type("#prompt", "Another one")
                    .click(".presets button", "Replace")
                    .await(".toast", "saved");

            String mine = "{\"input_params\": {\"prompt\": \"Of another tab\"}}";
            assertThat(new EdgeClient(Stack.stack(), "pria")
                            .put("/api/v1/presets/taken", mine)
                            .status())
                    .isEqualTo(201);
            page.type("#preset", "taken").click(".presets button", "Save").await(".toast", "another version");
            page.await(".presets .chip", "taken").forgetComplaints();

            page.script("localStorage.clear(); localStorage.setItem('millrace.language', 'en')");
        }
        try (ConsolePage page = opened("pria").go("#/new")) {
            page.await(".presets .chip", "window");
            assertThat(page.script("document.querySelector('#prompt').value").asText())
                    .isEmpty();
            page.click(".presets .chip", "window")
                    .awaitScript("document.querySelector('#prompt').value === 'Another one'")
                    .awaitScript("document.querySelector('.chip-radio.size:last-child input').checked");
            page.click("button[type=submit]", "Submit").await(".task-head .badge", "Completed");

            page.go("#/new").click(".presets .chip", "window").click("[aria-label='Delete the preset']", "");
            page.click("dialog button[type=submit]", "Delete");
            page.click(".presets .chip", "taken").click("[aria-label='Delete the preset']", "");
            page.click("dialog button[type=submit]", "Delete").await(".presets", "Save what this form says");
            page.hasNoComplaints();
        }
        try (ConsolePage page = opened("peter").go("#/new")) {
            assertThat(page.await(".presets", "Save what").text()).doesNotContain("window");
        }
    }

    @Test
    void aTableOfRowsBecomesACampaignByItsTemplate() throws Exception {
        Path wrong = Files.writeString(folder.resolve("shops.csv"), "shop,city\nHarbour,Oslo\nStation\n");
        Path right = Files.writeString(folder.resolve("posters.csv"), """
                prompt;width;height;text;custom_id
                "A sale in the shop ""Harbour""; until Sunday";360;640;Sale;harbour
                A quiet concert;360;640;Jazz;station
                """);
        try (ConsolePage page = opened("carl").go("#/campaigns/new").await("#campaign-name", "")) {
            page.choose("#campaign-file", wrong).await("tr[data-bad] td", "Has 1 cells, the first line has 2");
            page.await("#template", "").type("#template", "A poster for {{shop}} in {{city}}");
            page.await(".preview td", "A poster for Harbour in Oslo");
            assertThat(page.script("document.querySelector('button[type=submit]').disabled")
                            .asBoolean())
                    .isTrue();

            page.choose("#campaign-file", right).await(".preview td", "A sale in the shop \"Harbour\"; until Sunday");
            page.isAccessible("a table of rows").click("button[type=submit]", "Submit 2 rows");

            page.await(".campaign-sum", "2 completed").awaitPictures(".tile img", 2);
            page.await(".tile", "harbour").hasNoComplaints();
        }
    }

    @Test
    void aCampaignFillsItsWallAndAWrongRowIsNamed() throws Exception {
        campaign("cleo", 16);
    }

    @Tag("nightly")
    @Test
    void aCampaignOfTwoHundredFillsItsWall() throws Exception {
        campaign("cleo-again", 200);
    }

    private void campaign(String user, int count) throws Exception {
        String rows = IntStream.rangeClosed(1, count).mapToObj(Prompts::small).collect(Collectors.joining("\n"));
        Path wrong =
                Files.writeString(folder.resolve("wrong.jsonl"), rows + "\n{\"prompt\": \"x\", \"priority\": 11}\n");
        Path right = Files.writeString(folder.resolve("right.jsonl"), rows);
        try (ConsolePage page = opened(user).go("#/campaigns/new").await("#campaign-name", "")) {
            page.choose("#campaign-file", wrong).click("button[type=submit]", "Submit " + (count + 1));
            page.await("tr[data-bad]", "priority").isAccessible("a refused file");
            page.forgetComplaints();

            page.choose("#campaign-file", right)
                    .awaitScript("document.querySelector('#campaign-name').value === 'right'")
                    .click("button[type=submit]", "Submit " + count + " rows");

            page.patient(PATIENCE.plus(EACH.multipliedBy(count)));
            page.await(".campaign-sum", count + " completed").awaitPictures(".tile img", count);
            page.isAccessible("the wall").hasNoComplaints();
        }
    }

    @Test
    void anElementIsRetypedAndDrawnAgain() throws Exception {
        EdgeClient edna = new EdgeClient(Stack.stack(), "edna");
        JsonNode workflows = edna.get("/api/v1/workflows").data().path("workflows");
        assumeThat(StreamSupport.stream(workflows.spliterator(), false)
                        .map(workflow -> workflow.path("type").asText()))
                .as("this edge draws posters anew")
                .contains("poster_render");
        String task = edna.submit(Prompts.small(5));
        try (ConsolePage page = opened("edna").go("#/tasks/" + task)) {
            page.await(".task-head .badge", "Completed").click("#tab-layers", "");
            page.click(".elements button[data-element]", "").type("#element-text", "Drawn anew");
            page.await(".scene text", "Drawn anew");

            page.click("#draw-again", "");

            page.await(".segments", "Drawn").awaitPictures(".frame img", 1).hasNoComplaints();
        }
    }
}
