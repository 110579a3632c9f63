package io.millrace.inference.crawl;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * What a page of HTML says and shows. Where it names its main part, it says what stands there; what leads around the site is left out.
 *
 * @param text a line for each block
 * @param links absolute and without fragments, in their order
 * @param pictures absolute, in their order
 */
record Page(String title, String text, List<URI> links, List<URI> pictures) {
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_LINKS = 500;
    private static final String MAIN = "main, [role=main]";
    private static final String SILENT = "script, style, noscript, template, svg, nav, header, footer, aside, form";

    Page {
        links = List.copyOf(links);
        pictures = List.copyOf(pictures);
    }

    static Page read(URI address, String html) {
        Document page = Jsoup.parse(html, address.toString());
        List<URI> links = addresses(page, "a", "href");
        List<URI> pictures = addresses(page, "img", "src");
        page.select(SILENT).remove();
        String text = lines(Objects.requireNonNullElse(page.selectFirst(MAIN), page.body()));
        return new Page(page.title(), text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT), links, pictures);
    }

    /** A text that may hold marks, in one line and without them. */
    static String plain(String marked) {
        return Jsoup.parseBodyFragment(marked).text();
    }

    private static String lines(Element part) {
        StringBuilder text = new StringBuilder();
        part.traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (node instanceof TextNode words) {
                    text.append(words.text());
                } else {
                    breakAround(node);
                }
            }

            @Override
            public void tail(Node node, int depth) {
                breakAround(node);
            }

            private void breakAround(Node node) {
                if (node instanceof Element element && (element.isBlock() || element.nameIs("br"))) {
                    text.append('\n');
                }
            }
        });
        return text.toString()
                .replace('\u00a0', ' ')
                .lines()
                .map(line -> line.strip().replaceAll(" {2,}", " "))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static List<URI> addresses(Document page, String mark, String attribute) {
        Set<URI> found = new LinkedHashSet<>();
        for (Element element : page.select(mark + "[" + attribute + "]:not([" + attribute + "^=#])")) {
            String address = element.absUrl(attribute);
            int fragment = address.indexOf('#');
            if (found.size() < MAX_LINKS) {
                resolved(URI.create(""), fragment < 0 ? address : address.substring(0, fragment))
                        .ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    /** An http or https address; empty for anything else. */
    static Optional<URI> resolved(URI base, String reference) {
        try {
            URI uri = base.resolve(reference.replace(" ", "%20"));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            return scheme.equals("http") || scheme.equals("https") ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether all words of a query stand in title or text, whatever their case. */
    boolean speaksOf(String query) {
        String all = (title + "\n" + text).toLowerCase(Locale.ROOT);
        for (String word : query.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
            if (!all.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
