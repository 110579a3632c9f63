package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The console in a real Chromium, on the real system. */
class ConsoleIT extends InBrowser {
    private static final Duration QUIET = Duration.ofSeconds(6);

    private static final List<String> PAGES = List.of("#/tasks", "#/new", "#/campaigns", "#/campaigns/new", "#/lanes");

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
                ConsolePage page = ConsolePage.open(browser(), line.url())) {
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
        try (ConsolePage page = ConsolePage.open(browser(), edgeUrl()).go("#/tasks/" + task)) {
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
