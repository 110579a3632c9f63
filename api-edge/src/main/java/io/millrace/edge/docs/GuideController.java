package io.millrace.edge.docs;

import io.millrace.edge.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The documents of {@code docs/} as pages, to everybody: they came with the class path, so they are those of this version. */
@RestController
final class GuideController {
    static final String PATH = "/guide";

    private static final Duration FOR_EVER = Duration.ofMillis(Long.MAX_VALUE);
    private static final CacheControl A_WHILE = CacheControl.maxAge(Duration.ofMinutes(5));
    private static final MediaType HTML = MediaType.valueOf("text/html;charset=UTF-8");
    private static final Map<String, MediaType> PICTURES =
            Map.of("png", MediaType.IMAGE_PNG, "jpg", MediaType.IMAGE_JPEG, "svg", MediaType.valueOf("image/svg+xml"));

    /** Everything that is handed out, by name: pages without an ending, pictures with theirs. Read when somebody first asks. */
    private final Mono<Map<String, ResponseEntity<byte[]>>> answers = Mono.fromCallable(GuideController::read)
            .subscribeOn(Schedulers.boundedElastic())
            // A failed read is no answer to the next who asks.
            .cache(answers -> FOR_EVER, failure -> Duration.ZERO, () -> Duration.ZERO);

    private static Map<String, ResponseEntity<byte[]>> read() throws IOException {
        Map<String, ResponseEntity<byte[]>> answers = new TreeMap<>();
        Map<String, GuidePage> pages = new TreeMap<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:guide/*.*")) {
            String name = Objects.requireNonNull(file.getFilename());
            String ending = name.substring(name.lastIndexOf('.') + 1);
            if (ending.equals("md")) {
                String page = name.substring(0, name.length() - ".md".length());
                pages.put(page, GuidePage.of(page, file.getContentAsString(StandardCharsets.UTF_8)));
            } else if (PICTURES.containsKey(ending)) {
                answers.put(name, answer(PICTURES.get(ending), file.getContentAsByteArray()));
            }
        }
        String frame = new ClassPathResource("docs/guide.html").getContentAsString(StandardCharsets.UTF_8);
        pages.values().forEach(page -> answers.put(page.name(), framed(frame, page, pages)));
        String list = "<h1>Guide</h1><p>The documents of this version of Millrace. Field by field, the interface is"
                + " described at <a href=\"/docs\">/docs</a>.</p><ul>" + links(pages, "") + "</ul>";
        answers.put("", framed(frame, new GuidePage("", "Guide", list), pages));
        return answers;
    }

    private static ResponseEntity<byte[]> framed(String frame, GuidePage page, Map<String, GuidePage> pages) {
        String html = frame.replace("{title}", HtmlUtils.htmlEscape(page.title()))
                .replace("{pages}", links(pages, page.name()))
                .replace("{content}", page.html());
        return answer(HTML, html.getBytes(StandardCharsets.UTF_8));
    }

    private static String links(Map<String, GuidePage> pages, String current) {
        return pages.values().stream()
                .map(page -> "<li><a href=\"" + PATH + "/" + page.name() + "\""
                        + (page.name().equals(current) ? " aria-current=\"page\"" : "") + ">"
                        + HtmlUtils.htmlEscape(page.title()) + "</a></li>")
                .collect(Collectors.joining("\n"));
    }

    private static ResponseEntity<byte[]> answer(MediaType type, byte[] body) {
        return ResponseEntity.ok().contentType(type).cacheControl(A_WHILE).body(body);
    }

    @GetMapping(PATH)
    Mono<ResponseEntity<byte[]>> guide() {
        return guidePage("");
    }

    @GetMapping(PATH + "/{name}")
    Mono<ResponseEntity<byte[]>> guidePage(@PathVariable("name") String name) {
        return answers.mapNotNull(all -> all.get(name)).switchIfEmpty(Mono.error(() -> Problem.notFound("this page")));
    }
}
