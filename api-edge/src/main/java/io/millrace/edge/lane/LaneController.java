package io.millrace.edge.lane;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.body.Fields;
import io.millrace.edge.command.Commander;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.v1.SetLaneLimit;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.workflow.Definitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lanes over REST. */
@RestController
@RequestMapping("/api/v1")
final class LaneController {
    private static final int MAX_LIMIT = 1_000;

    private final LaneReader lanes;
    private final Commander commander;
    private final Definitions definitions;
    private final Hub hub;

    LaneController(LaneReader lanes, Commander commander, Definitions definitions, Hub hub) {
        this.lanes = lanes;
        this.commander = commander;
        this.definitions = definitions;
        this.hub = hub;
    }

    /** Every lane with what it said last; tenants are left out. */
    @GetMapping("/lanes")
    Mono<ResponseEntity<ObjectNode>> list() {
        return Caller.current().map(caller -> {
            ObjectNode data = Json.object();
            ArrayNode list = data.putArray("lanes");
            lanes.all().forEach(lane -> list.add(LaneReader.json(lane, false)));
            return Answers.ok(data);
        });
    }

    /** {@code {"concurrency": N}}, 1 to 1000, for admins; 200 once the lane has it, 202 while it has not answered. */
    @PutMapping("/lanes/{name}")
    Mono<ResponseEntity<ObjectNode>> limit(
            @PathVariable String name, @RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current().flatMap(caller -> {
            caller.requireAdmin();
            if (definitions.workflows().stream()
                    .noneMatch(workflow -> workflow.lane().equals(name))) {
                throw Problem.notFound("this lane");
            }
            int limit = limit(Bodies.object(Bodies.orEmpty(body)));
            TaskCommand command = commander
                    .command("lane", "lane:" + name, "lane:" + name)
                    .setSetLaneLimit(SetLaneLimit.newBuilder()
                            .setRequestedBy(caller.label())
                            .setLimit(limit))
                    .build();
            return commander
                    .accepted(caller, command)
                    .map(answer -> answer(HttpStatus.OK, name, limit))
                    .defaultIfEmpty(answer(HttpStatus.ACCEPTED, name, limit));
        });
    }

    private static ResponseEntity<ObjectNode> answer(HttpStatus status, String name, int limit) {
        ObjectNode lane = Json.object().put("name", name).put("concurrency", limit);
        return ResponseEntity.status(status).body(Answers.body(lane.put("success", status == HttpStatus.OK)));
    }

    private static int limit(ObjectNode body) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(body, "", problems);
        Long limit = fields.number("concurrency", 1, MAX_LIMIT);
        fields.refuseUnknown();
        if (limit == null && problems.isEmpty()) {
            fields.complain("concurrency", "is missing", "Send a whole number from 1 to " + MAX_LIMIT + ".");
        }
        if (limit == null || !problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return limit.intValue();
    }

    /** Lanes with their queues by priority and tenant, tasks by status, open campaigns; for services and admins. */
    @GetMapping("/admin/queue/stats")
    Mono<ResponseEntity<ObjectNode>> stats() {
        return Caller.current().map(caller -> {
            if (!caller.seesEverybody()) {
                caller.requireAdmin();
            }
            ObjectNode data = Json.object();
            ArrayNode list = data.putArray("lanes");
            lanes.all().forEach(lane -> list.add(LaneReader.json(lane, true)));
            ObjectNode tasks = data.putObject("live_tasks");
            Map<String, Long> byStatus = lanes.tasksByStatus();
            byStatus.forEach(tasks::put);
            data.put(
                    "open_campaigns",
                    hub.campaignsOf(null).stream()
                            .filter(campaign -> !campaign.ended())
                            .count());
            return Answers.ok(data);
        });
    }
}
