package io.millrace.edge.console;

import io.millrace.edge.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hands out the console. The page is the same for everybody and holds nothing of anybody; what it shows it asks for with the token of who
 * looks at it. Browsers keep the files and ask each time whether they are still right, so that page and modules are always of one version.
 */
@RestController
final class ConsoleController {
    private static final String PAGE = "index.html";

    private final ConsoleFiles files;

    ConsoleController(ConsoleFiles files) {
        this.files = files;
    }

    @GetMapping("/")
    ResponseEntity<byte[]> page(
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        return answer(PAGE, known);
    }

    @GetMapping("/favicon.ico")
    ResponseEntity<byte[]> icon(
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        return answer("icon.svg", known);
    }

    @GetMapping("/console/{*name}")
    ResponseEntity<byte[]> file(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        return answer(name.substring(1), known);
    }

    private ResponseEntity<byte[]> answer(String name, @Nullable String known) {
        ConsoleFile file = files.find(name).orElseThrow(() -> Problem.notFound("this file of the console"));
        boolean same = known != null && known.contains(file.tag());
        return ResponseEntity.status(same ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .cacheControl(CacheControl.noCache())
                .eTag(file.tag())
                .contentType(file.type())
                .body(same ? null : file.bytes());
    }
}
