package io.millrace.edge.element;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.artifact.ArtifactAccess;
import io.millrace.edge.body.Fields;
import io.millrace.edge.edit.Addresses;
import io.millrace.edge.edit.Change;
import io.millrace.edge.edit.Precondition;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes and changes elements: what is wrong is refused field by field, and so is a picture that is not the caller's to use. */
@Component
final class Elements {
    private static final int MAX_ELEMENTS = 1_000;
    private static final int MAX_TRIES = 3;

    private final ElementRows rows;
    private final ArtifactAccess access;
    private final LinkSigner links;

    Elements(ElementRows rows, ArtifactAccess access, LinkSigner links) {
        this.rows = rows;
        this.access = access;
        this.links = links;
    }

    Mono<ObjectNode> create(Caller caller, ObjectNode body) {
        return Mono.defer(() -> {
            List<FieldProblem> problems = new ArrayList<>();
            Addresses addresses = new Addresses(links, Json.object());
            ObjectNode element = body(caller, addresses, problems).fresh(body, "");
            requireNone(problems);
            addresses.readAll(element, "");
            return addresses
                    .requireUsable(caller, access)
                    .then(rows.create(caller.userId(), List.of(element), false))
                    .map(made -> made.get(0));
        });
    }

    Mono<List<ObjectNode>> createAll(Caller caller, ObjectNode whole) {
        return Mono.defer(() -> {
            List<FieldProblem> problems = new ArrayList<>();
            Fields fields = new Fields(whole, "", problems);
            List<JsonNode> items = fields.list("elements", MAX_ELEMENTS);
            fields.refuseUnknown();
            Addresses addresses = new Addresses(links, Json.object());
            ElementBody body = body(caller, addresses, problems);
            List<ObjectNode> elements = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof ObjectNode item) {
                    elements.add(body.fresh(item, "elements[" + i + "]."));
                } else {
                    problems.add(new FieldProblem(
                            "elements[" + i + "]", "must be an object", "Send {layer_id, type, ...}."));
                }
            }
            if (problems.isEmpty() && elements.isEmpty()) {
                problems.add(new FieldProblem("elements", "is empty", "Send 1 to " + MAX_ELEMENTS + " elements."));
            }
            requireNone(problems);
            for (int i = 0; i < elements.size(); i++) {
                addresses.readAll(elements.get(i), "elements[" + i + "].");
            }
            return addresses.requireUsable(caller, access).then(rows.create(caller.userId(), elements, true));
        });
    }

    /**
     * Lays a change over an element. Whether its pictures may be used is asked for before the row is held, so for what the row was a
     * moment ago; a row that changed in between is read once more.
     */
    Mono<ObjectNode> update(Caller caller, String id, Precondition condition, Change change) {
        return update(caller, id, condition, change, MAX_TRIES);
    }

    private Mono<ObjectNode> update(Caller caller, String id, Precondition condition, Change change, int tries) {
        return rows.find(id)
                .switchIfEmpty(Mono.error(() -> Problem.notFound("element " + id)))
                .flatMap(current -> {
                    condition.require(current.path("version").asLong(), "element " + id);
                    Addresses addresses = new Addresses(links, current);
                    ObjectNode whole = change.over(
                            current,
                            ElementBody.EDITABLE,
                            links,
                            (wanted, problems) ->
                                    body(caller, addresses, problems).checkWhole(wanted));
                    addresses.readAll(whole, "");
                    Precondition asRead =
                            new Precondition(current.path("version").asLong());
                    Mono<ObjectNode> written =
                            addresses.requireUsable(caller, access).then(rows.update(id, asRead, whole));
                    return condition.version() != null || tries == 1
                            ? written
                            : written.onErrorResume(
                                    Elements::isOvertaken, e -> update(caller, id, condition, change, tries - 1));
                });
    }

    private static boolean isOvertaken(Throwable failure) {
        return failure instanceof Problem problem && problem.status().value() == 412;
    }

    private static ElementBody body(Caller caller, Addresses addresses, List<FieldProblem> problems) {
        return new ElementBody(addresses, problems, caller.role() != Caller.Role.SERVICE);
    }

    private static void requireNone(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
    }
}
