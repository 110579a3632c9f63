package io.millrace.schemas.workflow;

import io.millrace.schemas.yaml.UnsoundDefinition;
import java.util.Map;

/**
 * A bound on how many tasks run at once, and how tenants share it.
 *
 * @param name referred to by workflows
 * @param concurrency slots, 1 (strictly serial) to 1000
 * @param tenants shares of the tenants that are named; others have weight 1
 * @param defaultCap slots that a tenant who is not named may hold at once; {@link #NO_CAP}: all
 */
public record Lane(String name, int concurrency, Map<String, Share> tenants, int defaultCap) {
    /** No bound but the lane's own. */
    public static final int NO_CAP = Integer.MAX_VALUE;

    private static final int MAX_CONCURRENCY = 1000;
    private static final int MAX_WEIGHT = 100;

    /** @throws UnsoundDefinition naming the field */
    public Lane {
        tenants = Map.copyOf(tenants);
        require(
                concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
                "concurrency",
                "must be from 1 to " + MAX_CONCURRENCY + ", not " + concurrency);
        require(defaultCap >= 1, "default_cap", "must be 1 or more, not " + defaultCap);
        tenants.forEach((tenant, share) -> {
            require(
                    share.weight() >= 1 && share.weight() <= MAX_WEIGHT,
                    "tenants." + tenant + ".weight",
                    "must be from 1 to " + MAX_WEIGHT + ", not " + share.weight());
            require(share.cap() >= 1, "tenants." + tenant + ".cap", "must be 1 or more, not " + share.cap());
        });
    }

    /** A lane in which all tenants are equal. */
    public Lane(String name, int concurrency) {
        this(name, concurrency, Map.of(), NO_CAP);
    }

    /** Grants of this tenant in one round of turns. */
    public int weight(String tenant) {
        Share share = tenants.get(tenant);
        return share == null ? 1 : share.weight();
    }

    /** Slots this tenant may hold at once; {@link #NO_CAP}: all. */
    public int cap(String tenant) {
        Share share = tenants.get(tenant);
        return share == null ? defaultCap : share.cap();
    }

    /**
     * What one tenant gets.
     *
     * @param weight grants in one round of turns, 1 to 100
     * @param cap slots held at once, from 1; {@link #NO_CAP}: all
     */
    public record Share(int weight, int cap) {}

    private static void require(boolean holds, String field, String rule) {
        if (!holds) {
            throw new UnsoundDefinition(field, rule);
        }
    }
}
