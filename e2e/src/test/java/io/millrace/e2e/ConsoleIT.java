package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real Chromium, on the real system. */
@ExtendWith(Stack.class)
@EnabledIf(value = "io.millrace.e2e.Chromium#isThere", disabledReason = "there is no Chromium on this machine")
class ConsoleIT {
    private static final Duration QUIET = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** More than a small poster takes on a busy machine. */
    private static final Duration EACH = Duration.ofSeconds(5);
    /** Chooses the smallest of the sizes. */
    private static final String SMALL = "document.querySelector('.chip-radio.size:last-child input').click()";

    private static final List<String> PAGES = List.of("#/tasks", "#/new", "#/campaigns", "#/campaigns/new", "#/lanes");

    @TempDir
    private static Path profile;

    private static Chromium browser;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        browser = Chromium.start(profile);
    }

    @AfterAll
    static void stop() throws Exception {
        browser.close();
    }

    private static ConsolePage opened(String user) throws Exception {
        return ConsolePage.open(browser, edgeUrl()).signIn(Stack.stack().token(user, "user"));
    }

    private static String edgeUrl() {
        return Stack.stack().setup().edgeUrl();
    }

    @Test
    void aPosterIsSubmittedAndWatchedToItsPicture() throws Exception {
        try (ConsolePage page = opened("wanda").go("#/new")) {
            page.type("#prompt", "A jazz night <script>alert(1)</script>");
            page.script(SMALL);
            page.click("button[type=submit]", "Submit");

            page.await(".task-head h1", "<script>alert(1)</script>");
            page.await(".task-head .badge", "Completed");
            page.awaitPictures(".frame img", 1);

            page.await(".scores", "Contrast").isAccessible("a task");
            page.click("#tab-history", "").await(".versions", "v9").isAccessible("the history");
            page.click("#tab-layers", "").await(".layers", "Background").isAccessible("the layers");
            for (String hash : PAGES) {
                page.go(hash).awaitScript("location.hash === '" + hash + "'").await("#main h1", "");
                page.isAccessible(hash);
            }
            page.go("#/tasks").awaitPictures(".cell-picture img", 1).hasNoComplaints();
        }
    }

    @Test
    void aReloadInTheMiddleLosesNothing() throws Exception {
        try (ConsolePage page = opened("ruth")) {
            String task = new EdgeClient(Stack.stack(), "ruth").submit(Prompts.large(401));
            page.go("#/tasks/" + task).await(".phases li[data-state=now]", "");

            page.reload().awaitLive();

            assertThat(page.hash()).isEqualTo("#/tasks/" + task);
            page.await(".task-head .badge", "Completed").awaitPictures(".frame img", 1);
            page.await(".log", "渲染文字内容").hasNoComplaints();
        }
    }

    @Test
    void aConnectionCutInTheMiddleHealsByItself() throws Exception {
        EdgeClient cora = new EdgeClient(Stack.stack(), "cora");
        try (CuttableLine line = new CuttableLine(edgeUrl());
                ConsolePage page = ConsolePage.open(browser, line.url())) {
            page.signIn(Stack.stack().token("cora", "user"));
            String task = cora.submit(Prompts.large(402));
            page.go("#/tasks/" + task).await(".phases li[data-state=now]", "");
            page.script("window.sameDocument = true");

            line.cut();
            page.await("#connection-lost", "out of date");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> cora.get("/api/v1/tasks/" + task)
                            .data()
                            .path("status")
                            .asText()
                            .equals("completed"));
            assertThat(page.text()).as("what it cannot know it does not show").doesNotContain("Completed");
            line.mend();

            page.awaitLive().await(".task-head .badge", "Completed").awaitPictures(".frame img", 1);
            assertThat(page.script("window.sameDocument").asBoolean()).isTrue();
        }
    }

    @Test
    void twoTabsShowTheSameAndTheSecondNeedsNoSignIn() throws Exception {
        try (ConsolePage first = opened("tara");
                ConsolePage second = first.another()) {
            second.awaitLive().await(".empty", "No tasks yet");

            first.go("#/new").type("#prompt", "Seen by two");
            first.script(SMALL);
            first.click("button[type=submit]", "Submit").await(".task-head .badge", "Completed");

            second.await(".cell-title", "Seen by two").await(".line .badge", "Completed");
            second.awaitPictures(".cell-picture img", 1).hasNoComplaints();
            second.click("[aria-label=\"Sign out\"]", "").await("h1", "Sign in");
            first.await("h1", "Sign in");
        }
    }

    @Test
    void aStrangerSeesNothing() throws Exception {
        EdgeClient olga = new EdgeClient(Stack.stack(), "olga");
        String task = olga.submit(Prompts.small(77));
        try (ConsolePage page = ConsolePage.open(browser, edgeUrl()).go("#/tasks/" + task)) {
            page.await("h1", "Sign in").isAccessible("the door");
            assertThat(page.text()).doesNotContain("Summer sale").doesNotContain("Lanes");
            assertThat(page.script(
                                    "performance.getEntriesByType('resource').filter((one) => one.name.includes('/api/')).length")
                            .asInt())
                    .as("calls of somebody who is nobody")
                    .isZero();

            page.type("#token", "not.a.token").click("button[type=submit]", "");
            page.await("#token-error", "does not take this");

            page.signIn(Stack.stack().token("mallory", "user")).go("#/tasks/" + task);
            page.await("[role=alert]", "");
            assertThat(page.text()).doesNotContain("Summer sale");
            page.click("[aria-label=\"Sign out\"]", "").await("h1", "Sign in");
            assertThat(page.script("sessionStorage.length").asInt()).isZero();
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

    @Test
    void anIdleConsoleAsksNothing() throws Exception {
        asksNothingFor(QUIET);
    }

    @Test
    @Tag("nightly")
    void anIdleConsoleAsksNothingInFiveMinutes() throws Exception {
        asksNothingFor(Duration.ofMinutes(5));
    }

    private static void asksNothingFor(Duration quiet) throws Exception {
        EdgeClient ida = new EdgeClient(Stack.stack(), "ida");
        String task = ida.submit(Prompts.small(6));
        try (ConsolePage page = opened("ida").await(".line .badge", "Completed")) {
            page.go("#/tasks/" + task).await(".scores", "Contrast");
            page.go("#/tasks").awaitPictures(".cell-picture img", 1);
            page.awaitStill(Duration.ofSeconds(2));
            int before = page.requests();

            page.patient(PATIENCE.plus(quiet))
                    .awaitScript("(window.begun ??= performance.now()) + " + quiet.toMillis() + " < performance.now()");

            assertThat(page.requests()).as("requests while nothing happens").isEqualTo(before);
            page.awaitLive().hasNoComplaints();
        }
    }
}
