package io.millrace.edge.access;

import io.millrace.edge.limit.Limit;
import io.millrace.edge.limit.Limits;
import io.millrace.edge.problem.CloseReason;
import io.millrace.edge.problem.RSocketProblems;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.config.annotation.rsocket.RSocketSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.rsocket.util.matcher.PayloadExchangeAuthorizationContext;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Holds RSocket requests to scope, limits and life of the connection's token. A route that is not named here needs a token that may do
 * everything, so that a new one is closed until somebody thinks about it.
 */
@Component
final class SocketRules {
    private static final List<String> STREAMS =
            List.of("tasks.progress", "tasks.*.progress", "campaigns.*.progress", "notifications");
    private static final List<String> READS = List.of("tasks.*.status");
    private static final List<String> SUBMITS = List.of("tasks.submit", "tasks.*.derivative");

    private final Limits limits;
    private final Clock clock;

    SocketRules(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    void apply(RSocketSecurity.AuthorizePayloadsSpec payloads) {
        payloads.setup().access(allowed((jwt, caller) -> limits.require(caller, Limit.CONNECTS)));
        STREAMS.forEach(route -> payloads.route(route).access(allowed((jwt, caller) -> {})));
        READS.forEach(route -> payloads.route(route).access(allowed((jwt, caller) -> {
            caller.reach().requireEverything();
            limits.require(caller, Limit.POLLS);
        })));
        SUBMITS.forEach(route -> payloads.route(route).access(allowed((jwt, caller) -> {
            requireWrite(jwt, caller);
            limits.require(caller, Limit.SUBMITS);
        })));
        payloads.anyRequest().access(allowed(SocketRules::requireWrite));
        payloads.anyExchange().denyAll();
    }

    private static void requireWrite(Jwt jwt, Caller caller) {
        caller.reach().requireEverything();
        if (ScopeFilter.mayOnlyRead(jwt)) {
            throw ScopeFilter.readOnly();
        }
    }

    private ReactiveAuthorizationManager<PayloadExchangeAuthorizationContext> allowed(BiConsumer<Jwt, Caller> rule) {
        return new ReactiveAuthorizationManager<>() {
            @Override
            public Mono<AuthorizationResult> authorize(
                    Mono<Authentication> who, PayloadExchangeAuthorizationContext context) {
                return who.map(authentication -> decide(authentication, rule))
                        .onErrorMap(RSocketProblems::of)
                        .defaultIfEmpty(new AuthorizationDecision(false));
            }
        };
    }

    private AuthorizationResult decide(Authentication authentication, BiConsumer<Jwt, Caller> rule) {
        Optional<Jwt> jwt = Optional.ofNullable(authentication.getPrincipal())
                .filter(Jwt.class::isInstance)
                .map(Jwt.class::cast);
        if (!authentication.isAuthenticated() || jwt.isEmpty()) {
            return new AuthorizationDecision(false);
        }
        Caller caller = Caller.of(authentication);
        if (!clock.instant().isBefore(caller.until())) {
            // The connection may outlive the token it was set up with: what is asked on it then is refused.
            throw CloseReason.TOKEN_EXPIRED.failure();
        }
        rule.accept(jwt.get(), caller);
        return new AuthorizationDecision(true);
    }
}
