package io.millrace.edge.console;

import io.millrace.edge.access.AccessSettings;
import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.CrossOriginOpenerPolicyServerHttpHeadersWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/** The console is open to everybody, unlike all else: it is the page on which one signs in. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {
    /**
     * What the page may do: run its own modules and styles, show pictures of this edge, talk to this edge. Nothing inline, nothing evaluated,
     * in nobody's frame, and no text can become a script by any of the browser's string sinks (trusted types).
     */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:%s; connect-src 'self';"
                    + " manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types lit-html";

    private static final String PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityWebFilterChain consoleSecurity(ServerHttpSecurity http, AccessSettings settings) {
        return http.securityMatcher(
                        ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, "/", "/favicon.ico", "/console/**"))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .headers(headers -> headers.cache(ServerHttpSecurity.HeaderSpec.CacheSpec::disable)
                        .contentSecurityPolicy(policy -> policy.policyDirectives(policy(settings.publicUrl())))
                        .permissionsPolicy(permissions -> permissions.policy(PERMISSIONS))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN)))
                .authorizeExchange(paths -> paths.anyExchange().permitAll())
                .build();
    }

    /** Pictures come from the public address when there is one. */
    static String policy(String publicUrl) {
        if (publicUrl.isEmpty()) {
            return POLICY.formatted("");
        }
        URI uri = URI.create(publicUrl);
        return POLICY.formatted(" " + uri.getScheme() + "://" + uri.getRawAuthority());
    }
}
