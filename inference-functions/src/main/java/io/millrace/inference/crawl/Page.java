package io.millrace.inference.crawl;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page of HTML says and shows. It is read as what it is, text with marks: broken marks cost a word or a picture, never the page.
 *
 * @param links of the same page, absolute, in their order
 * @param pictures absolute, in their order
 */
record Page(String title, String text, List<URI> links, List<URI> pictures) {
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_LINKS = 500;
    private static final Pattern SILENT = Pattern.compile(
            "<!--.*?-->|<(script|style|noscript|template|svg|nav|header|footer|aside|form)\\b[^>]*>.*?</\\1\\s*>",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>(.*?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile(
            "</?(p|div|li|ul|ol|h[1-6]|br|tr|table|section|article|blockquote|pre|figure|figcaption|dd|dt)\\b[^>]*>",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MARK = Pattern.compile("<[^>]*>");
    private static final Pattern LINK =
            Pattern.compile("<a\\b[^>]*?\\bhref\\s*=\\s*[\"']([^\"'#]+)[^>]*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern PICTURE =
            Pattern.compile("<img\\b[^>]*?\\bsrc\\s*=\\s*[\"']([^\"']+)[\"'][^>]*>", Pattern.CASE_INSENSITIVE);

    Page {
        links = List.copyOf(links);
        pictures = List.copyOf(pictures);
    }

    static Page read(URI address, String html) {
        Matcher named = TITLE.matcher(html);
        String title = named.find() ? plain(named.group(1)) : "";
        String spoken = SILENT.matcher(TITLE.matcher(html).replaceAll(" ")).replaceAll(" ");
        String text = plain(BLOCK.matcher(spoken.replaceAll("\\s+", " ")).replaceAll("\n"));
        return new Page(
                title,
                text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT),
                addresses(address, LINK, html),
                addresses(address, PICTURE, html));
    }

    static String plain(String marked) {
        String text = Entities.decoded(MARK.matcher(marked).replaceAll(""));
        StringBuilder lines = new StringBuilder();
        for (String line : text.split("\\R", -1)) {
            String one = line.replaceAll("[\\s\\u00a0]+", " ").strip();
            if (!one.isEmpty()) {
                lines.append(lines.isEmpty() ? "" : "\n").append(one);
            }
        }
        return lines.toString();
    }

    private static List<URI> addresses(URI base, Pattern pattern, String html) {
        Set<URI> found = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(html);
        while (matcher.find() && found.size() < MAX_LINKS) {
            resolved(base, Entities.decoded(matcher.group(1).strip())).ifPresent(found::add);
        }
        return new ArrayList<>(found);
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
