package io.millrace.edge.access;

import io.millrace.edge.problem.Problem;
import io.millrace.edge.problem.ProblemWriter;
import io.millrace.schemas.task.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.annotation.rsocket.EnableRSocketSecurity;
import org.springframework.security.config.annotation.rsocket.RSocketSecurity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.rsocket.core.PayloadSocketAcceptorInterceptor;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import reactor.core.publisher.Mono;

/** Tokens on every way in: HTTP requests and RSocket setup frames. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableRSocketSecurity
class AccessConfiguration {
    private static final String ISSUER = "millrace";
    private static final int MAX_USER_ID = 128;

    @Bean
    ReactiveJwtDecoder jwtDecoder(AccessSettings settings, KeyRows keys, Clock clock) {
        byte[] secret = settings.jwtSecret().getBytes(StandardCharsets.UTF_8);
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withSecretKey(
                        new SecretKeySpec(secret, "HmacSHA256"))
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(ISSUER),
                new JwtClaimValidator<String>("sub", AccessConfiguration::isUserId),
                new JwtClaimValidator<String>("role", AccessConfiguration::isRole)));
        return new KeyDecoder(decoder, keys, clock);
    }

    private static boolean isUserId(String subject) {
        return subject != null && !subject.isBlank() && subject.length() <= MAX_USER_ID;
    }

    private static boolean isRole(String role) {
        return "user".equals(role) || "service".equals(role) || "admin".equals(role);
    }

    @Bean
    SecurityWebFilterChain webSecurity(ServerHttpSecurity http, ProblemWriter problems) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .headers(headers -> headers.cache(ServerHttpSecurity.HeaderSpec.CacheSpec::disable))
                .authorizeExchange(
                        paths -> paths.pathMatchers("/rsocket", "/actuator/health/**", "/api/v1/artifacts/**")
                                .permitAll()
                                .pathMatchers("/actuator/**")
                                .hasAnyRole("SERVICE", "ADMIN")
                                .anyExchange()
                                .authenticated())
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                                (exchange, failure) -> problems.write(exchange, Problem.unauthorized()))
                        .accessDeniedHandler((exchange, failure) -> problems.write(exchange, roleMissing())))
                .oauth2ResourceServer(tokens -> tokens.authenticationEntryPoint(
                                (exchange, failure) -> problems.write(exchange, Problem.unauthorized()))
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(AccessConfiguration::authentication)))
                .build();
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
    PayloadSocketAcceptorInterceptor rsocketSecurity(RSocketSecurity security) {
        return security.authorizePayload(payloads -> payloads.setup()
                        .authenticated()
                        .anyRequest()
                        .authenticated()
                        .anyExchange()
                        .denyAll())
                .jwt(jwt -> {})
                .build();
    }

    @Bean
    WebHttpHandlerBuilderCustomizer queryTokens() {
        return builder -> builder.httpHandlerDecorator(QueryTokens::new);
    }
}
