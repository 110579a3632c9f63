package io.millrace.edge.docs;

import io.millrace.edge.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Hands out the documents and the page, to everybody: they hold nothing of anybody. */
@RestController
final class DocsController {
    private static final MediaType YAML = MediaType.valueOf("application/yaml");
    private static final CacheControl A_WHILE = CacheControl.maxAge(Duration.ofMinutes(5));
    private static final Map<String, String> FILES =
            Map.of("docs.js", "text/javascript;charset=UTF-8", "docs.css", "text/css;charset=UTF-8");

    private final byte[] openApiJson;
    private final byte[] openApiYaml;
    private final byte[] asyncApiJson;
    private final byte[] asyncApiYaml;

    DocsController(Documents documents) {
        this.openApiJson = Documents.json(documents.openApi());
        this.openApiYaml = Documents.yaml(documents.openApi());
        this.asyncApiJson = Documents.json(documents.asyncApi());
        this.asyncApiYaml = Documents.yaml(documents.asyncApi());
    }

    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> openApiJson() {
        return answer(MediaType.APPLICATION_JSON, openApiJson);
    }

    @GetMapping("/openapi.yaml")
    ResponseEntity<byte[]> openApiYaml() {
        return answer(YAML, openApiYaml);
    }

    @GetMapping("/asyncapi.json")
    ResponseEntity<byte[]> asyncApiJson() {
        return answer(MediaType.APPLICATION_JSON, asyncApiJson);
    }

    @GetMapping("/asyncapi.yaml")
    ResponseEntity<byte[]> asyncApiYaml() {
        return answer(YAML, asyncApiYaml);
    }

    @GetMapping("/docs")
    ResponseEntity<byte[]> page() {
        return answer(MediaType.valueOf("text/html;charset=UTF-8"), bytes("index.html"));
    }

    @GetMapping("/docs/{file}")
    ResponseEntity<byte[]> file(@PathVariable("file") String name) {
        String type = FILES.get(name);
        if (type == null) {
            throw Problem.notFound("this file");
        }
        return answer(MediaType.valueOf(type), bytes(name));
    }

    private static byte[] bytes(String name) {
        try (InputStream in = DocsController.class.getResourceAsStream("/docs/" + name)) {
            if (in == null) {
                throw new IllegalStateException("docs/" + name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ResponseEntity<byte[]> answer(MediaType type, byte[] body) {
        return ResponseEntity.ok().contentType(type).cacheControl(A_WHILE).body(body);
    }
}
