package io.millrace.edge.access;

import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/**
 * Who is asking.
 *
 * @param userId the {@code sub} of the token: the tenant
 * @param role what they may see
 * @param until when the token expires
 */
public record Caller(String userId, Role role, Instant until) {
    /** A user sees their own; service and admin see everybody's. */
    public enum Role {
        USER,
        SERVICE,
        ADMIN
    }

    /** The caller of the request or RSocket interaction under way; a 401 problem when there is none. */
    public static Mono<Caller> current() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication())
                .map(Caller::of)
                .switchIfEmpty(Mono.error(Problem::unauthorized));
    }

    /** The edge itself, for work that nobody asked for; never the caller of a request. */
    public static Caller system() {
        return new Caller("edge", Role.SERVICE, Instant.MAX);
    }

    static Caller of(Authentication authentication) {
        if (authentication.getPrincipal() instanceof Jwt jwt) {
            String subject = jwt.getSubject();
            if (subject == null) {
                throw Problem.unauthorized();
            }
            String role = jwt.getClaimAsString("role");
            Instant expires = jwt.getExpiresAt();
            return new Caller(
                    subject,
                    role == null ? Role.USER : Role.valueOf(role.toUpperCase(Locale.ROOT)),
                    expires == null ? Instant.MAX : expires);
        }
        throw Problem.unauthorized();
    }

    public boolean seesEverybody() {
        return role != Role.USER;
    }

    public boolean maySee(String ownerId) {
        return seesEverybody() || userId.equals(ownerId);
    }

    /**
     * Refuses sight of what is somebody else's.
     *
     * @throws Problem 403
     */
    public void requireSight(String ownerId, String what) {
        if (!maySee(ownerId)) {
            throw Problem.forbidden(what);
        }
    }

    /**
     * Whose things a list shows: a user's own; for those who see everybody the named user's, or everybody's when null.
     *
     * @throws Problem 403 when a user names another one
     */
    public @Nullable String listedOwner(@Nullable String wanted) {
        if (wanted != null) {
            requireSight(wanted, "the list of " + wanted);
        }
        return seesEverybody() ? wanted : userId;
    }

    /**
     * Refuses to let anybody but the owner or an admin move what is the owner's; a service sees it and may not.
     *
     * @throws Problem 403
     */
    public void requireControl(String ownerId, String what) {
        if (role != Role.ADMIN && !userId.equals(ownerId)) {
            throw Problem.forbidden(what);
        }
    }

    /**
     * Refuses everybody but admins.
     *
     * @throws Problem 403
     */
    public void requireAdmin() {
        if (role != Role.ADMIN) {
            throw Problem.of(
                    HttpStatus.FORBIDDEN,
                    ErrorCode.FORBIDDEN,
                    "this needs the role admin",
                    "Use a token with that role.");
        }
    }

    /** {@code user:ID} or {@code service:ID}, for the audit log. */
    public String label() {
        return role.name().toLowerCase(Locale.ROOT) + ":" + userId;
    }
}
