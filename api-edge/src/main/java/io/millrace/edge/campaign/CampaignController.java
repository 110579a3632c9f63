package io.millrace.edge.campaign;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.page.Query;
import io.millrace.edge.task.TaskFilter;
import io.millrace.edge.task.TaskPages;
import io.millrace.schemas.task.CampaignId;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Campaigns over REST. */
@RestController
@RequestMapping("/api/v1/campaigns")
final class CampaignController {
    private static final long MAX_BYTES = 64L << 20;

    private final CampaignStart start;
    private final CampaignControl control;
    private final Campaigns campaigns;
    private final TaskPages pages;

    CampaignController(CampaignStart start, CampaignControl control, Campaigns campaigns, TaskPages pages) {
        this.start = start;
        this.control = control;
        this.campaigns = campaigns;
        this.pages = pages;
    }

    /** {@code {name, tasks}}, {@code {name, template, rows}}, or JSON Lines with the name as a query parameter; at most 64 MiB. */
    @PostMapping
    Mono<ResponseEntity<ObjectNode>> start(
            @RequestBody Flux<DataBuffer> body,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String type,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestParam(defaultValue = "campaign") String name) {
        boolean lines = type != null && (type.contains("ndjson") || type.contains("jsonl"));
        return Caller.current()
                .flatMap(caller ->
                        Bodies.spooled(body, MAX_BYTES, file -> start.start(caller, file, lines ? name : null, key)))
                .map(started -> ResponseEntity.accepted()
                        .location(
                                URI.create("/api/v1/campaigns/" + started.view().id()))
                        .header("Idempotency-Replayed", String.valueOf(started.repeated()))
                        .body(Answers.body(CampaignJson.of(started.view()))));
    }

    @GetMapping
    Mono<ResponseEntity<ObjectNode>> list(@RequestParam MultiValueMap<String, String> parameters) {
        Query query = Query.of(parameters, "user_id", "limit", "cursor");
        String userId = query.text("user_id", 128);
        int limit = query.limit();
        String cursor = query.value("cursor");
        if (cursor != null && !CampaignId.isCampaignId(cursor)) {
            query.complain("cursor", "is not a cursor of this list", "Send next_cursor of the page before.");
        }
        query.requireValid();
        return Caller.current()
                .flatMap(caller -> campaigns.page(caller.listedOwner(userId), cursor, limit))
                .map(page -> Answers.ok(json(page)));
    }

    private static ObjectNode json(Campaigns.Page page) {
        ObjectNode data = Json.object();
        ArrayNode list = data.putArray("campaigns");
        page.campaigns().forEach(view -> list.add(CampaignJson.of(view)));
        return data.put("next_cursor", page.next()).put("complete", page.complete());
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> get(@PathVariable String id) {
        return Caller.current()
                .flatMap(caller -> campaigns.find(caller, id))
                .map(view -> Answers.ok(CampaignJson.of(view)));
    }

    /** The rows that the orchestrator has taken so far, newest id first. */
    @GetMapping("/{id}/tasks")
    Mono<ResponseEntity<ObjectNode>> tasks(
            @PathVariable String id, @RequestParam MultiValueMap<String, String> parameters) {
        Query query = Query.of(parameters, "status", "q", "limit", "cursor");
        String status = query.oneOf("status", TaskPages.statuses());
        TaskFilter filter = new TaskFilter(status, null, id, null, null, null, null, query.text("q", 100));
        int limit = query.limit();
        String cursor = TaskPages.cursor(query);
        query.requireValid();
        return Caller.current()
                .flatMap(caller -> campaigns.find(caller, id))
                .flatMap(view -> pages.page(view.userId(), filter, cursor, limit))
                .map(Answers::ok);
    }

    @PostMapping("/{id}/cancel")
    Mono<ResponseEntity<ObjectNode>> cancel(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current()
                .flatMap(caller -> control.cancel(caller, id, Bodies.orEmpty(body)))
                .map(answer -> ResponseEntity.status(
                                answer.path("success").asBoolean() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                        .body(Answers.body(answer)));
    }

    @PostMapping("/{id}/retry-failed")
    Mono<ResponseEntity<ObjectNode>> retry(@PathVariable String id) {
        return Caller.current()
                .flatMap(caller -> control.retryFailed(caller, id))
                .map(answer -> ResponseEntity.accepted().body(Answers.body(answer)));
    }
}
