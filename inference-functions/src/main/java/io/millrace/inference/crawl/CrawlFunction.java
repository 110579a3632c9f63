package io.millrace.inference.crawl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.crawl.fetch.Fetcher;
import io.millrace.inference.crawl.fetch.Manners;
import io.millrace.inference.function.LongPhase;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.schemas.task.ErrorCode;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;

/**
 * Phase {@code crawl}, a long one. Parameters: {@code source} (a name of {@link Sources}; may be left out where there is one), {@code crawl_type} feed |
 * pages, {@code query}, {@code limit} (pages, 10), {@code pictures} (of each page, 4), {@code follow} (links to the same host). Result: {@code
 * items[] {url, title, text, characters, excerpt, pictures[]}, images[] {kind: crawled, url, source, page, width, height}, skipped[], looked_at}.
 */
public final class CrawlFunction implements LongPhase {
    private static final String AGENT = "millrace/1.0";
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int MAX_BYTES = 8 << 20;

    private final Sources sources;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public CrawlFunction(Sources sources) {
        this.sources = sources;
    }

    @Override
    public String name() {
        return "crawl";
    }

    @Override
    public String version() {
        return "crawl/1";
    }

    @Override
    public Duration lease() {
        return Duration.ofSeconds(60);
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Wish wish = Wish.read(input.params(), sources);
        Manners manners = new Manners(
                AGENT, Duration.ofMillis(wish.source().pauseMillis()), DEADLINE, MAX_BYTES, sources.allowed());
        ObjectNode output = new Crawl(wish, new Fetcher(client, manners, context), context).run();
        if (output.path("items").isEmpty()
                && !output.path("skipped").isEmpty()
                && wish.query().isEmpty()) {
            throw new PhaseFailure(
                    ErrorCode.UNAVAILABLE,
                    "nothing could be fetched: " + output.path("skipped").get(0).asText());
        }
        return new PhaseOutput(
                output,
                Map.of(
                        "pages", Integer.toString(output.path("items").size()),
                        "pictures", Integer.toString(output.path("images").size()),
                        "skipped", Integer.toString(output.path("skipped").size())));
    }
}
