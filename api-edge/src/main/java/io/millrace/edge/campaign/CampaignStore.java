package io.millrace.edge.campaign;

import io.millrace.edge.live.CampaignView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Campaigns as the read model has them. Every call fails with a 503 problem while the database is down. */
interface CampaignStore {
    Mono<CampaignView> find(String id);

    /**
     * Campaigns with ids below one, newest first.
     *
     * @param userId null: everybody's
     * @param before null: from the newest
     */
    Mono<List<CampaignView>> page(@Nullable String userId, @Nullable String before, int limit);

    /** How many rows failed, wholly or in part. */
    Mono<Long> failedCount(String campaignId);

    /** Ids of those rows above one, lowest first. */
    Mono<List<String>> failed(String campaignId, String after, int limit);
}
