package io.millrace.edge.access;

import io.millrace.edge.problem.Problem;
import io.millrace.edge.problem.ProblemWriter;
import io.millrace.edge.token.TokenDecoder;
import io.millrace.schemas.task.ErrorCode;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.annotation.rsocket.EnableRSocketSecurity;
import org.springframework.security.config.annotation.rsocket.RSocketSecurity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.rsocket.core.PayloadSocketAcceptorInterceptor;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import reactor.core.publisher.Mono;

/** Tokens on every way in: HTTP requests and RSocket setup frames. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableRSocketSecurity
class AccessConfiguration {
    /** What an answer may do in a browser unless its controller says otherwise: nothing. */
    private static final String POLICY =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    @Bean
    @Primary
    ReactiveJwtDecoder jwtDecoder(TokenDecoder tokens, KeyRows keys, Clock clock) {
        return new KeyDecoder(tokens, keys, clock);
    }

    @Bean
    SecurityWebFilterChain webSecurity(ServerHttpSecurity http, ProblemWriter problems) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .headers(headers -> headers.cache(ServerHttpSecurity.HeaderSpec.CacheSpec::disable)
                        .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .authorizeExchange(paths -> paths.pathMatchers(
                                "/rsocket", "/actuator/health/**", "/api/v1/artifacts/**", "/api/v1/auth/tokens/renew")
                        .permitAll()
                        .pathMatchers("/actuator/**")
                        .hasAnyRole("SERVICE", "ADMIN")
                        .anyExchange()
                        .authenticated())
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                                (exchange, failure) -> problems.write(exchange, Problem.unauthorized()))
                        .accessDeniedHandler((exchange, failure) -> problems.write(exchange, roleMissing())))
                .oauth2ResourceServer(tokens -> tokens.authenticationEntryPoint(
                                (exchange, failure) -> problems.write(exchange, unauthorized(failure)))
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(AccessConfiguration::authentication)))
                .build();
    }

    private static Problem unauthorized(Throwable failure) {
        return TokenDecoder.isExpiry(failure)
                ? Problem.tokenExpired("Renew it with POST /api/v1/auth/tokens/renew, or sign in again.")
                : Problem.unauthorized();
    }

    private static Problem roleMissing() {
        return Problem.of(
                HttpStatus.FORBIDDEN,
                ErrorCode.FORBIDDEN,
                "this needs the role service or admin",
                "Use a token with that role.");
    }

    private static Mono<AbstractAuthenticationToken> authentication(Jwt jwt) {
        String role = "ROLE_"
                + Objects.requireNonNullElse(jwt.getClaimAsString("role"), "user")
                        .toUpperCase(Locale.ROOT);
        return Mono.just(new JwtAuthenticationToken(jwt, List.of(new SimpleGrantedAuthority(role))));
    }

    @Bean
    PayloadSocketAcceptorInterceptor rsocketSecurity(RSocketSecurity security, SocketRules rules) {
        return security.authorizePayload(rules::apply).jwt(jwt -> {}).build();
    }

    /** Observations of each filter would live as long as the stream behind it: kilobytes for each subscriber, and no number anybody asked for. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    WebHttpHandlerBuilderCustomizer queryTokens() {
        return builder -> builder.httpHandlerDecorator(QueryTokens::new);
    }
}
