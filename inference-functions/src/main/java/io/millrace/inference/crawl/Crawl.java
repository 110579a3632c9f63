package io.millrace.inference.crawl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.crawl.fetch.Fetched;
import io.millrace.inference.crawl.fetch.Fetcher;
import io.millrace.inference.crawl.fetch.NotFetched;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.picture.Uploaded;
import io.millrace.inference.poster.Phases;
import io.millrace.schemas.task.ErrorCode;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** One crawl: addresses in, pages and pictures out. What one address refuses is noted, and the crawl goes on. */
final class Crawl {
    private static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");
    private static final Set<String> FEEDS =
            Set.of("application/rss+xml", "application/atom+xml", "application/xml", "text/xml");
    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif");
    private static final int MIN_SIDE = 48;
    private static final int EXCERPT = 300;
    private static final int TITLE = 120;
    private static final int MAX_NOTES = 50;
    /** Of one task: its result has 256 KiB. */
    private static final int MAX_PICTURES = 300;

    /** Addresses looked at for each page that is taken: a query that fits nothing must not empty a site. */
    private static final int TRIES = 10;

    private final Wish wish;
    private final Fetcher fetcher;
    private final PhaseContext context;
    private final Deque<URI> waiting = new ArrayDeque<>();
    private final Set<URI> seen = new HashSet<>();
    private final Set<String> stored = new HashSet<>();
    private final ArrayNode items = Json.object().putArray("items");
    private final ArrayNode images = Json.object().putArray("images");
    private final ArrayNode skipped = Json.object().putArray("skipped");

    Crawl(Wish wish, Fetcher fetcher, PhaseContext context) {
        this.wish = wish;
        this.fetcher = fetcher;
        this.context = context;
    }

    ObjectNode run() throws PhaseFailure {
        begin();
        int looked = 0;
        while (!waiting.isEmpty() && items.size() < wish.limit() && looked++ < wish.limit() * TRIES) {
            context.checkWanted();
            page(waiting.removeFirst());
            context.tick(
                    items.size() / (double) wish.limit(),
                    items.size() + " of " + wish.limit() + " pages, " + images.size() + " pictures");
        }
        ObjectNode output = Json.object();
        output.put("source", wish.source().name()).put("query", wish.query());
        output.set("items", items);
        output.set("images", images);
        output.set("skipped", skipped);
        output.put("looked_at", looked);
        return output;
    }

    private void begin() throws PhaseFailure {
        for (URI url : wish.source().urls()) {
            if (!wish.source().feed()) {
                enqueue(url);
                continue;
            }
            try {
                Fetched feed = fetcher.fetch(url, FEEDS);
                List<Feed.Entry> entries = Feed.read(feed.uri(), feed.body());
                context.log("info", url + " has " + entries.size() + " entries");
                entries.forEach(entry -> enqueue(entry.link()));
            } catch (NotFetched e) {
                skip(String.valueOf(e.getMessage()));
            } catch (XMLStreamException e) {
                skip(url + " is no feed that can be read");
            }
        }
    }

    private void enqueue(URI url) {
        if (seen.add(url)) {
            waiting.add(url);
        }
    }

    private void page(URI url) throws PhaseFailure {
        try {
            Fetched fetched = fetcher.fetch(url, HTML);
            Page page = Page.read(fetched.uri(), fetched.text());
            if (wish.follow() && !wish.source().feed()) {
                page.links().stream()
                        .filter(link -> fetched.uri().getAuthority().equals(link.getAuthority()))
                        .forEach(this::enqueue);
            }
            if (!wish.query().isEmpty() && !page.speaksOf(wish.query())) {
                return;
            }
            take(fetched.uri(), page);
        } catch (NotFetched e) {
            skip(String.valueOf(e.getMessage()));
        }
    }

    private void take(URI url, Page page) throws PhaseFailure {
        ObjectNode item = items.addObject();
        item.put("url", url.toString()).put("title", brief(page.title(), TITLE));
        item.put("text", Phases.store(context, page.text().getBytes(StandardCharsets.UTF_8)));
        item.put("characters", page.text().length()).put("excerpt", brief(page.text(), EXCERPT));
        ArrayNode pictures = item.putArray("pictures");
        for (URI picture : page.pictures()) {
            if (pictures.size() >= wish.pictures() || images.size() >= MAX_PICTURES) {
                break;
            }
            context.checkWanted();
            picture(picture, url, pictures);
        }
        context.log("info", url + ": " + page.text().length() + " characters, " + pictures.size() + " pictures");
    }

    private static String brief(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + "…";
    }

    private void picture(URI picture, URI page, ArrayNode pictures) throws PhaseFailure {
        if (!seen.add(picture)) {
            return;
        }
        try {
            Fetched fetched = fetcher.fetch(picture, PICTURES);
            BufferedImage decoded = Uploaded.decode("picture " + picture, fetched.body());
            if (Math.min(decoded.getWidth(), decoded.getHeight()) < MIN_SIDE) {
                return;
            }
            String ref = Phases.store(context, fetched.body());
            pictures.add(ref);
            if (stored.add(ref)) {
                images.addObject()
                        .put("kind", "crawled")
                        .put("url", ref)
                        .put("artifact", ref)
                        .put("source", picture.toString())
                        .put("page", page.toString())
                        .put("width", decoded.getWidth())
                        .put("height", decoded.getHeight())
                        .put("media_type", fetched.type());
            }
        } catch (NotFetched e) {
            skip(String.valueOf(e.getMessage()));
        } catch (PhaseFailure broken) {
            if (broken.code() != ErrorCode.BAD_INPUT) {
                throw broken;
            }
            skip(String.valueOf(broken.getMessage()));
        }
    }

    private void skip(String reason) {
        if (skipped.size() < MAX_NOTES) {
            skipped.add(reason);
        }
        context.log("warn", reason);
    }
}
