package io.millrace.edge.access;

import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
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
 * @param reach what the token opens of what they may see
 */
public record Caller(String userId, Role role, Instant until, Reach reach) {
    /** Somebody whose token opens everything their role may. */
    public Caller(String userId, Role role, Instant until) {
        this(userId, role, until, Reach.EVERYTHING);
    }

    /**
     * How far a token reaches.
     *
     * @param streamsOnly it opens streams and nothing else
     * @param taskId the one task it is for; empty: any
     * @param campaignId the one campaign it is for; empty: any
     */
    public record Reach(boolean streamsOnly, String taskId, String campaignId) {
        /** The scope of tokens that open streams only. */
        public static final String STREAM = "stream";

        public static final Reach EVERYTHING = new Reach(false, "", "");

        public static Reach stream(String taskId, String campaignId) {
            return new Reach(true, taskId, campaignId);
        }

        static Reach of(Jwt jwt) {
            if (!STREAM.equals(jwt.getClaimAsString("scope"))) {
                return EVERYTHING;
            }
            return stream(
                    Objects.requireNonNullElse(jwt.getClaimAsString("task_id"), ""),
                    Objects.requireNonNullElse(jwt.getClaimAsString("campaign_id"), ""));
        }

        /** Refuses tokens that open streams only. @throws Problem 403 */
        public void requireEverything() {
            if (streamsOnly) {
                throw refused("this token opens streams only");
            }
        }

        /** Refuses what is not for this task's stream; an empty id stands for all tasks of the user. @throws Problem 403 */
        public void requireTask(String id) {
            if (!campaignId.isEmpty() || (!taskId.isEmpty() && !taskId.equals(id))) {
                throw refused("this token opens another stream");
            }
        }

        /** Refuses what is not for this campaign's stream. @throws Problem 403 */
        public void requireCampaign(String id) {
            if (!taskId.isEmpty() || (!campaignId.isEmpty() && !campaignId.equals(id))) {
                throw refused("this token opens another stream");
            }
        }

        private static Problem refused(String message) {
            return Problem.of(
                    HttpStatus.FORBIDDEN,
                    ErrorCode.FORBIDDEN,
                    message,
                    "Use the token that POST /api/v1/auth/tokens was asked with.");
        }
    }

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

    /** The id of the API key that the request under way came with; empty when it came with a token. */
    public static Mono<Optional<String>> keyId() {
        return ReactiveSecurityContextHolder.getContext()
                .map(context -> context.getAuthentication() != null
                                && context.getAuthentication().getPrincipal() instanceof Jwt jwt
                        ? ApiKeys.idOf(jwt)
                        : Optional.<String>empty())
                .defaultIfEmpty(Optional.empty());
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
                    expires == null ? Instant.MAX : expires,
                    Reach.of(jwt));
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
