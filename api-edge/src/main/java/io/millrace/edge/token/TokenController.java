package io.millrace.edge.token;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.ApiKeys;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.body.Fields;
import io.millrace.edge.limit.Limit;
import io.millrace.edge.limit.Limits;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Tokens over REST. */
@RestController
@RequestMapping("/api/v1/auth/tokens")
final class TokenController {
    private static final String BEARER = "Bearer ";
    private static final int MAX_TOKEN = 8_192;

    private final TokenIssuer issuer;
    private final ApiKeys keys;
    private final Limits limits;

    TokenController(TokenIssuer issuer, ApiKeys keys, Limits limits) {
        this.issuer = issuer;
        this.keys = keys;
        this.limits = limits;
    }

    /** {@code {"scope": "stream", task_id?, campaign_id?}}: a stream token; {@code {}}: the caller's token with a new life. */
    @PostMapping
    Mono<ResponseEntity<ObjectNode>> issue(
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        return Caller.current().flatMap(caller -> {
            limits.require(caller, Limit.TOKENS);
            List<FieldProblem> problems = new ArrayList<>();
            Fields fields = new Fields(Bodies.objectOrEmpty(body), "", problems);
            String scope = fields.oneOf("scope", List.of(Caller.Reach.STREAM));
            String task = fields.text("task_id", 1, 64);
            String campaign = fields.text("campaign_id", 1, 64);
            fields.refuseUnknown();
            if (task != null && campaign != null) {
                fields.complain("campaign_id", "stands beside task_id", "Send one of the two, or none.");
            }
            if (scope == null && (task != null || campaign != null)) {
                fields.complain("scope", "is missing", "Send \"scope\": \"stream\" beside it.");
            }
            if (!problems.isEmpty()) {
                throw Problem.invalid(problems);
            }
            if (scope == null) {
                return renew(authorization.substring(Math.min(BEARER.length(), authorization.length())));
            }
            caller.reach().requireEverything();
            Caller.Reach reach = Caller.Reach.stream(orEmpty(task), orEmpty(campaign));
            return Caller.keyId().map(key -> answer(issuer.stream(caller, reach, key.orElse(null))));
        });
    }

    /** {@code {"token": "..."}}, which may have expired a while ago; needs no other token. */
    @PostMapping("/renew")
    Mono<ResponseEntity<ObjectNode>> renew(@RequestBody(required = false) byte @Nullable [] body) {
        return Mono.defer(() -> {
            List<FieldProblem> problems = new ArrayList<>();
            Fields fields = new Fields(Bodies.object(Bodies.orEmpty(body)), "", problems);
            String token = fields.text("token", 1, MAX_TOKEN);
            fields.refuseUnknown();
            if (token == null && problems.isEmpty()) {
                fields.complain("token", "is missing", "Send the token that is to be renewed.");
            }
            if (token == null || !problems.isEmpty()) {
                throw Problem.invalid(problems);
            }
            return renew(token);
        });
    }

    private Mono<ResponseEntity<ObjectNode>> renew(String token) {
        if (ApiKeys.looksLikeOne(token)) {
            throw Problem.conflict("an API key does not expire", "Go on using it; for streams ask for scope stream.");
        }
        return issuer.renewable(token)
                .flatMap(jwt -> stillBelieved(jwt).then(Mono.fromSupplier(() -> {
                    limits.require(Objects.requireNonNull(jwt.getSubject()), Limit.TOKENS);
                    return answer(issuer.renewed(jwt));
                })));
    }

    /** A token that came from an API key ends with the key. */
    private Mono<Void> stillBelieved(Jwt jwt) {
        String key = jwt.getClaimAsString("key_id");
        return key == null
                ? Mono.empty()
                : keys.active(key).flatMap(active -> active ? Mono.empty() : Mono.error(Problem.unauthorized()));
    }

    private static ResponseEntity<ObjectNode> answer(TokenIssuer.Issued issued) {
        ObjectNode data = Json.object()
                .put("token", issued.token())
                .put("token_type", "Bearer")
                .put("expires_at", Json.time(issued.expires().toEpochMilli()));
        if (!issued.scope().isEmpty()) {
            data.put("scope", issued.scope());
        }
        if (issued.renewableUntil() != null) {
            data.put("renewable_until", Json.time(issued.renewableUntil().toEpochMilli()));
        }
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(Answers.body(data));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
