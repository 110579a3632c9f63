package io.millrace.inference.crawl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.inference.crawl.fetch.Fetched;
import io.millrace.inference.crawl.fetch.Fetcher;
import io.millrace.inference.crawl.fetch.NotFetched;
import io.millrace.inference.data.Excerpt;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.picture.Uploaded;
import io.millrace.inference.poster.Phases;
import io.millrace.schemas.artifact.ArtifactRef;
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
    private static final int MAX_PICTURES = 300;
    /** Bytes of pages and pictures, and of notes, in a result of 256 KiB. */
    private static final int ROOM = 200 << 10;

    private static final int NOTES_ROOM = 40 << 10;

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
    private final Room room = new Room(ROOM);
    private final Room notesRoom = new Room(NOTES_ROOM);
    private boolean full;

    Crawl(Wish wish, Fetcher fetcher, PhaseContext context) {
        this.wish = wish;
        this.fetcher = fetcher;
        this.context = context;
    }

    ObjectNode run() throws PhaseFailure {
        begin();
        int looked = 0;
        while (!full && !waiting.isEmpty() && items.size() < wish.limit() && looked++ < wish.limit() * TRIES) {
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
            if (ArtifactRef.isReference(page.title()) || ArtifactRef.isReference(page.text())) {
                skip(url + " has a text that reads like a reference to an artifact");
                return;
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
        ObjectNode item = Json.object();
        item.put("url", url.toString()).put("title", Excerpt.of(page.title(), TITLE));
        item.put("text", Phases.store(context, page.text().getBytes(StandardCharsets.UTF_8)));
        item.put("characters", page.text().length()).put("excerpt", Excerpt.of(page.text(), EXCERPT));
        ArrayNode pictures = item.putArray("pictures");
        if (!room.take(item)) {
            full();
            return;
        }
        items.add(item);
        for (URI picture : page.pictures()) {
            if (full || pictures.size() >= wish.pictures() || images.size() >= MAX_PICTURES) {
                break;
            }
            context.checkWanted();
            picture(picture, url, pictures);
        }
        context.log("info", url + ": " + page.text().length() + " characters, " + pictures.size() + " pictures");
    }

    private void full() {
        full = true;
        skip("the rest: the result is full with " + items.size() + " pages and " + images.size() + " pictures");
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
            ObjectNode image = Json.object()
                    .put("kind", "crawled")
                    .put("url", ref)
                    .put("artifact", ref)
                    .put("source", picture.toString())
                    .put("page", page.toString())
                    .put("width", decoded.getWidth())
                    .put("height", decoded.getHeight())
                    .put("media_type", fetched.type());
            boolean known = stored.contains(ref);
            if (!room.take(image.path("url")) || (!known && !room.take(image))) {
                full();
                return;
            }
            pictures.add(ref);
            if (!known) {
                stored.add(ref);
                images.add(image);
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
        if (skipped.size() < MAX_NOTES && notesRoom.take(TextNode.valueOf(reason))) {
            skipped.add(reason);
        }
        context.log("warn", reason);
    }
}
