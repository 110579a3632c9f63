package io.millrace.engine.campaign;

import java.time.Duration;

/**
 * Bounds of a campaign.
 *
 * @param publishEvery counts are told this far apart
 * @param chunk rows that a cancel reaches at once
 * @param chunkPause between two chunks, so that other messages come in between
 * @param retention how long a campaign is remembered after its end
 */
public record CampaignLimits(Duration publishEvery, int chunk, Duration chunkPause, Duration retention) {
    public CampaignLimits {
        if (chunk < 1) {
            throw new IllegalArgumentException("chunk must be 1 or more, not " + chunk);
        }
    }

    public static CampaignLimits defaults() {
        return new CampaignLimits(Duration.ofSeconds(1), 200, Duration.ofMillis(50), Duration.ofHours(24));
    }
}
