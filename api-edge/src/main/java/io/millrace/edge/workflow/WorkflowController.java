package io.millrace.edge.workflow;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Phase;
import io.millrace.schemas.workflow.Workflow;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The types of task over REST, so that a front end can draw the way of a task it has never seen. */
@RestController
final class WorkflowController {
    private final Definitions definitions;

    WorkflowController(Definitions definitions) {
        this.definitions = definitions;
    }

    /** {@code {workflows[] {type, aliases[], version, lane, phases[] {name, mark, message {en, zh}, optional, external}}}}. */
    @GetMapping("/api/v1/workflows")
    Mono<ResponseEntity<ObjectNode>> list() {
        return Caller.current().map(caller -> {
            ObjectNode data = Json.object();
            ArrayNode list = data.putArray("workflows");
            definitions.workflows().forEach(workflow -> list.add(json(workflow)));
            return Answers.ok(data);
        });
    }

    private static ObjectNode json(Workflow workflow) {
        ObjectNode json = Json.object().put("type", workflow.type());
        workflow.aliases().forEach(json.putArray("aliases")::add);
        json.put("version", workflow.version()).put("lane", workflow.lane());
        ArrayNode phases = json.putArray("phases");
        workflow.phases().forEach(phase -> phases.add(json(phase)));
        return json;
    }

    private static ObjectNode json(Phase phase) {
        ObjectNode json = Json.object().put("name", phase.name()).put("mark", phase.mark());
        json.putObject("message")
                .put("en", phase.message().en())
                .put("zh", phase.message().zh());
        return json.put("optional", phase.flow().when() != null)
                .put("external", phase.flow().external() != null);
    }
}
