package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The console in a tab, as somebody uses it. */
final class ConsolePage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(50);
    /** The first element of the selector that is in sight and has this in its text. */
    private static final String FIND =
            "[...document.querySelectorAll(%s)].find((one) => one.checkVisibility() && (one.textContent ?? '').includes(%s))";

    /** What the page tells in passing. */
    private static final String NEWS = "[...document.querySelectorAll('.toast')].map((one) => one.innerText)";

    private static final String AXE = """
            axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations
                .filter((one) => ['serious', 'critical'].includes(one.impact))
                .map((one) => one.id + ' ' + one.nodes.slice(0, 3).map((node) => node.target + ' ' + node.failureSummary).join(' | ')))""";

    private final Chromium browser;
    private final DevTools tab;
    private final String base;
    private Duration patience = PATIENCE;

    private ConsolePage(Chromium browser, String base) throws IOException, InterruptedException {
        this.browser = browser;
        this.base = base;
        tab = browser.tab();
        // A page that is not looked at is drawn seldom; to itself this one is always in front.
        tab.send("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        load("/");
    }

    /** In a tab that knows nobody. */
    static ConsolePage open(Chromium browser, String base) throws IOException, InterruptedException {
        ConsolePage page = new ConsolePage(browser, base);
        page.script("localStorage.setItem('millrace.language', 'en'); sessionStorage.clear()");
        return page;
    }

    /** Another tab beside this one. */
    ConsolePage another() throws IOException, InterruptedException {
        return new ConsolePage(browser, base);
    }

    private void load(String path) {
        tab.send("Page.navigate", Map.of("url", base + path));
        awaitScript("document.readyState === 'complete' && document.querySelector('#app h1') !== null");
    }

    /** By the link that {@code ./millrace up} prints. */
    ConsolePage signIn(String token) {
        script("location.hash = 'token=" + token + "'");
        awaitLive();
        assertThat(script("location.href").asText())
                .as("the token is out of the address")
                .doesNotContain(token);
        return this;
    }

    ConsolePage awaitLive() {
        return await(".lamp[data-state=live]", "Live");
    }

    ConsolePage go(String hash) {
        script("location.hash = " + quoted(hash));
        return this;
    }

    ConsolePage reload() {
        script("window.old = true");
        tab.send("Page.reload", Map.of());
        awaitScript("window.old === undefined && document.querySelector('#app h1') !== null");
        return this;
    }

    String hash() {
        return script("location.hash").asText();
    }

    ConsolePage await(String selector, String text) {
        return awaitScript(FIND.formatted(quoted(selector), quoted(text)) + " !== undefined");
    }

    /** Until so many pictures of the selector have been loaded; scrolls to those that are not, as only what is in sight is loaded. */
    ConsolePage awaitPictures(String selector, int count) {
        return awaitScript("(() => { const all = [...document.querySelectorAll(" + quoted(selector) + ")];"
                + " const there = (one) => one.complete && one.naturalWidth > 0;"
                + " all.find((one) => !there(one))?.scrollIntoView({ block: 'center', behavior: 'instant' });"
                + " return all.filter(there).length >= " + count + "; })()");
    }

    /** Until it has asked for nothing for a while: lists and pictures have come. */
    ConsolePage awaitStill(Duration quiet) {
        AtomicInteger last = new AtomicInteger(-1);
        AtomicLong since = new AtomicLong(System.nanoTime());
        Awaitility.await("no request in " + quiet)
                .pollInterval(POLL)
                .atMost(PATIENCE)
                .until(() -> {
                    if (last.getAndSet(requests()) != last.get()) {
                        since.set(System.nanoTime());
                    }
                    return System.nanoTime() - since.get() > quiet.toNanos();
                });
        return this;
    }

    /** For what is computed for longer than a page is usually waited for. */
    ConsolePage patient(Duration longer) {
        patience = longer;
        return this;
    }

    ConsolePage awaitScript(String condition) {
        Set<String> news = new LinkedHashSet<>();
        try {
            Awaitility.await(condition)
                    .pollInterval(POLL)
                    .atMost(patience)
                    .ignoreExceptionsInstanceOf(IllegalStateException.class)
                    .until(() -> {
                        script(NEWS).forEach(text -> news.add(text.asText()));
                        return script(condition).asBoolean();
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("never true: " + condition + "\nnews: " + news + "\npage: " + text(), e);
        }
        return this;
    }

    ConsolePage click(String selector, String text) {
        String button = FIND.formatted(quoted(selector), quoted(text));
        awaitScript(button + " !== undefined && !" + button + ".disabled");
        script(button + ".click()");
        return this;
    }

    /** Writes over what stands in a field. */
    ConsolePage type(String selector, String text) {
        await(selector, "");
        script("(() => { const field = document.querySelector(" + quoted(selector)
                + "); field.focus(); field.select(); })()");
        tab.send("Input.insertText", Map.of("text", text));
        return this;
    }

    /** Gives a file to a field. */
    ConsolePage choose(String selector, Path file) {
        JsonNode document = tab.send("DOM.getDocument", Map.of());
        JsonNode field = tab.send(
                "DOM.querySelector",
                Map.of("nodeId", document.at("/root/nodeId").asInt(), "selector", selector));
        tab.send(
                "DOM.setFileInputFiles",
                Map.of(
                        "nodeId",
                        field.path("nodeId").asInt(),
                        "files",
                        List.of(file.toAbsolutePath().toString())));
        return this;
    }

    JsonNode script(String code) {
        return tab.evaluate(code);
    }

    String text() {
        return script("document.body.innerText").asText();
    }

    /** Requests that this tab has made, WebSockets included. */
    int requests() {
        return tab.requests();
    }

    ConsolePage forgetComplaints() {
        tab.forgetComplaints();
        return this;
    }

    /** No error and no warning was written to the browser's console since the last look. */
    ConsolePage hasNoComplaints() {
        assertThat(tab.complaints()).isEmpty();
        return this;
    }

    /** Nothing that keeps people with disabilities out, as far as a program can tell. */
    ConsolePage isAccessible(String what) throws IOException {
        if (!script("Boolean(window.axe)").asBoolean()) {
            tab.evaluate(axe());
        }
        assertThat(script(AXE)).as("axe on " + what).isEmpty();
        return this;
    }

    private static String axe() throws IOException {
        try (InputStream in = ConsolePage.class.getResourceAsStream("/axe/axe.min.js")) {
            if (in == null) {
                throw new IOException("axe.min.js is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    @Override
    public void close() {
        tab.close();
    }
}
