package io.millrace.inference.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.flow.MemoryArtifacts;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.store.OutputCheck;
import io.millrace.inference.store.RunArtifacts;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.task.ErrorCode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crawl against a site of the test's own. */
class CrawlTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path models;

    private final MemoryArtifacts artifacts = new MemoryArtifacts();
    private final List<String> lines = new ArrayList<>();
    private final Site site = new Site();
    private int patience = Integer.MAX_VALUE;

    @BeforeEach
    void open() throws Exception {
        site.start();
    }

    @AfterEach
    void close() {
        site.stop();
    }

    @Test
    void pagesOfAFeedBecomeTextsAndPictures() throws Exception {
        JsonNode output = crawl("{\"source\": \"news\", \"limit\": 5}", true);

        assertThat(output.path("items"))
                .extracting(item -> item.path("title").asText())
                .containsExactly("Mugs & more", "Bottles");
        String text = new String(
                artifacts.read(ArtifactRef.parse(output.at("/items/0/text").asText())), StandardCharsets.UTF_8);
        assertThat(text).isEqualTo("Mugs\nA mug of “stone”, 0.3 l.\nOne line and another.");
        assertThat(output.path("images")).hasSize(1);
        assertThat(output.at("/images/0/width").asInt()).isEqualTo(80);
        assertThat(output.at("/images/0/source").asText()).endsWith("/mug.png");
        assertThat(output.path("skipped"))
                .extracting(JsonNode::asText)
                .anyMatch(reason -> reason.contains("/secret is closed to robots"))
                .anyMatch(reason -> reason.contains("is of type application/pdf"))
                .anyMatch(reason -> reason.contains("larger than"))
                .anyMatch(reason -> reason.contains("was answered 404"))
                .anyMatch(reason -> reason.contains("redirects more than"))
                .anyMatch(reason -> reason.contains("private network"));
        assertThat(site.asked()).contains("/robots.txt").doesNotContain("/secret");
        assertThat(site.asked().stream().filter("/robots.txt"::equals)).hasSize(1);
        assertThat(lines).anyMatch(line -> line.startsWith("info ") && line.contains("pictures"));
    }

    @Test
    void aQueryKeepsOnlyPagesThatSpeakOfIt() throws Exception {
        JsonNode output =
                crawl("{\"source\": \"shop\", \"query\": \"STONE mug\", \"follow\": true, \"pictures\": 0}", true);

        assertThat(output.path("items"))
                .extracting(item -> item.path("title").asText())
                .containsExactly("Mugs & more");
        assertThat(output.path("images")).isEmpty();
        assertThat(output.path("looked_at").asInt()).isGreaterThan(1);
    }

    @Test
    void requestsToOneHostKeepTheirPause() throws Exception {
        crawl("{\"source\": \"shop\", \"limit\": 3, \"follow\": true, \"pictures\": 0}", true);

        List<Long> times = site.times();
        assertThat(times.size()).isGreaterThanOrEqualTo(3);
        // The first may have been slow to arrive: the pauses of all others are certain.
        assertThat(times.get(times.size() - 1) - times.get(0))
                .isGreaterThanOrEqualTo((times.size() - 2) * 100_000_000L);
    }

    @Test
    void aResultThatIsFullEndsTheCrawlAndSaysSo() throws Exception {
        JsonNode output = crawl("{\"source\": \"long\", \"limit\": 50, \"pictures\": 10, \"follow\": true}", true);

        assertThat(output.path("items")).hasSizeBetween(2, 6);
        assertThat(output.path("images")).hasSizeBetween(15, 30);
        assertThat(output.path("skipped"))
                .extracting(JsonNode::asText)
                .anyMatch(note -> note.contains("result is full"));
        PhaseInput input = new PhaseInput(output, Map.of(), 0);
        assertThat(OutputCheck.check(
                        "crawl", new PhaseOutput((ObjectNode) output, Map.of()), new RunArtifacts(artifacts, input)))
                .isNotNull();
    }

    @Test
    void privateAddressesAreLeftAloneUnlessAllowed() {
        assertThatThrownBy(() -> crawl("{\"source\": \"shop\"}", false))
                .isInstanceOfSatisfying(
                        PhaseFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("private network");
        assertThat(site.asked()).isEmpty();
    }

    @Test
    void aCancelledCrawlEndsBetweenTwoRequests() {
        patience = 6;

        assertThatThrownBy(() -> crawl("{\"source\": \"news\"}", true))
                .isInstanceOfSatisfying(
                        PhaseFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(site.asked().size()).isLessThan(6);
    }

    @Test
    void aWrongWishNamesItsField() throws Exception {
        assertThatThrownBy(() -> crawl("{}", true))
                .hasMessage("source names no source of this installation; there are [long, news, shop]");
        assertThatThrownBy(() -> crawl("{\"source\": \"shop\", \"crawl_type\": \"feed\"}", true))
                .hasMessageStartingWith("crawl_type must be pages");
        assertThatThrownBy(() -> crawl("{\"source\": \"shop\", \"limit\": 1000}", true))
                .hasMessageStartingWith("limit must be");
        Files.delete(models.resolve("crawl-sources.json"));
        assertThatThrownBy(() -> new CrawlFunction(Sources.load(models))
                        .compute(new PhaseInput(JSON.readTree("{\"source\": \"shop\"}"), Map.of(), 0), context()))
                .hasMessageContaining("has no crawl-sources.json");
    }

    @Test
    void aFeedWithADocumentTypeOpensNoFile() throws Exception {
        String atom = "<?xml version=\"1.0\"?><!DOCTYPE feed [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><feed"
                + " xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>a</title><link href=\"/b\"/></entry></feed>";

        assertThat(Feed.read(URI.create("http://host/feed"), atom.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new Feed.Entry(URI.create("http://host/b"), "a"));
    }

    private JsonNode crawl(String params, boolean allow) throws Exception {
        String sources =
                """
                {"sources": {"news": {"type": "feed", "urls": ["%1$s/feed.xml"], "pause_ms": 100},
                             "long": {"type": "pages", "urls": ["%1$s/long/0.html"], "pause_ms": 100},
                             "shop": {"type": "pages", "urls": ["%1$s/index.html"], "pause_ms": 100}},
                 "allow_private": [%2$s]}
                """.formatted(site.url(), allow ? "\"" + URI.create(site.url()).getAuthority() + "\"" : "");
        Files.writeString(models.resolve("crawl-sources.json"), sources);
        return new CrawlFunction(Sources.load(models))
                .compute(new PhaseInput(JSON.readTree(params), Map.of(), 0), context())
                .output();
    }

    private PhaseContext context() {
        return new PhaseContext() {
            private int asked;

            @Override
            public String taskId() {
                return "task";
            }

            @Override
            public String userId() {
                return "user";
            }

            @Override
            public ArtifactStore artifacts() {
                return artifacts;
            }

            @Override
            public void tick(double fraction, String message) {}

            @Override
            public void log(String level, String message) {
                lines.add(level + " " + message);
            }

            @Override
            public void checkWanted() throws PhaseFailure {
                if (++asked > patience) {
                    throw new PhaseFailure(ErrorCode.CANCELLED, "attempt 1 of the task was cancelled");
                }
            }
        };
    }
}
