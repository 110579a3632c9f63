package io.millrace.edge.webhook;

import io.millrace.edge.body.Bodies;
import io.millrace.edge.body.Fields;
import io.millrace.edge.outbound.AddressGuard;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Reads what owners say about their endpoints. */
@Component
final class WebhookReader {
    private static final int MAX_URL = 2_000;

    private final AddressGuard guard;

    WebhookReader(AddressGuard guard) {
        this.guard = guard;
    }

    /** What a body asks for; null where it says nothing. */
    record Wish(
            @Nullable String url,
            @Nullable List<String> types,
            @Nullable String description,
            @Nullable String state,
            @Nullable String secret) {}

    /** Fails with a 400 problem that names every wrong field, also when the address may not be called. */
    Mono<Wish> read(byte @Nullable [] body, boolean creates) {
        return Mono.defer(() -> {
            List<FieldProblem> problems = new ArrayList<>();
            Fields fields = new Fields(Bodies.object(Bodies.orEmpty(body)), "", problems);
            String url = fields.text("url", 1, MAX_URL);
            List<String> types = types(fields);
            String description = fields.text("description", 0, 200);
            String state = creates ? null : fields.oneOf("state", List.of(Webhook.ACTIVE, "paused"));
            String secret = creates ? secret(fields) : null;
            fields.refuseUnknown();
            Optional<URI> uri = url == null ? Optional.empty() : parse(url, fields);
            if (creates && !fields.has("url")) {
                fields.complain("url", "is missing", "Send the https address that is to be called.");
            }
            if (!problems.isEmpty()) {
                throw Problem.invalid(problems);
            }
            Wish wish = new Wish(url, types, description, state, secret);
            return uri.isEmpty()
                    ? Mono.just(wish)
                    : Mono.fromCallable(() -> reachable(uri.get()))
                            .subscribeOn(Schedulers.boundedElastic())
                            .thenReturn(wish);
        });
    }

    private static @Nullable List<String> types(Fields fields) {
        if (!fields.has("event_types")) {
            fields.value("event_types");
            return null;
        }
        List<JsonNode> items = fields.list("event_types", Webhook.TYPES.size());
        List<String> types = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String type = items.get(i).asString("");
            if (Webhook.TYPES.contains(type) && !types.contains(type)) {
                types.add(type);
            } else {
                fields.complain(
                        "event_types[" + i + "]",
                        "is no event type, or comes twice",
                        "Send some of " + String.join(", ", Webhook.TYPES) + ".");
            }
        }
        if (items.isEmpty()) {
            fields.complain("event_types", "names nothing", "Name at least one type, or leave it out for all ends.");
        }
        return types;
    }

    private static @Nullable String secret(Fields fields) {
        JsonNode secret = fields.value("secret");
        if (secret == null) {
            return null;
        }
        if (!WebhookSecret.isOne(secret.asString(""))) {
            fields.complain("secret", "is no secret", "Send whsec_ and 24 to 64 bytes in Base64, or leave it out.");
            return null;
        }
        return secret.asString("");
    }

    private static Optional<URI> parse(String url, Fields fields) {
        try {
            URI uri = URI.create(url);
            boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the one complaint for all kinds of wrong.
        }
        fields.complain("url", "is no address to call", "Send https://HOST/PATH, without user, password and fragment.");
        return Optional.empty();
    }

    private boolean reachable(URI uri) {
        try {
            List<InetAddress> addresses = guard.resolve(uri.getHost());
            if (uri.getScheme().equals("http") && !addresses.stream().allMatch(guard::isListed)) {
                throw Problem.invalid(
                        "url", "is not https", "Send an https address: messages hold what your tasks made.");
            }
            return true;
        } catch (AddressGuard.Refused e) {
            throw Problem.invalid(
                    "url", "may not be called: " + e.getMessage(), "Send an address on the public internet.");
        } catch (UnknownHostException e) {
            throw Problem.invalid("url", "names a host that nobody knows", "Check the host's name.");
        }
    }
}
