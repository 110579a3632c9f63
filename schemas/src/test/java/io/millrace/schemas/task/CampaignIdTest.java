package io.millrace.schemas.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CampaignIdTest {
    private static final CampaignId CAMPAIGN = CampaignId.of(1_700_000_000_000L, 1, 2);

    @Test
    void everyRowHasAnIdOfItsOwnThatBearsTheTimeOfTheCampaign() {
        Set<TaskId> tasks = new HashSet<>();
        for (int row = 0; row < 1_000; row++) {
            tasks.add(CAMPAIGN.task(row));
        }

        assertThat(tasks).hasSize(1_000).allMatch(task -> task.createdAtMillis() == 1_700_000_000_000L);
    }

    /** Tasks are cancelled by these ids long after they were submitted: the rule must not change. */
    @Test
    void theRuleIsPinned() {
        assertThat(CAMPAIGN.task(7).value()).isEqualTo("task_018bcfe5-6800-7a9e-b8ae-f2d1d4d7550a");
    }

    @Test
    void otherTextsAreNoCampaigns() {
        assertThat(CampaignId.isCampaignId(CAMPAIGN.task(1).value())).isFalse();
        assertThatThrownBy(() -> new CampaignId("camp_1")).hasMessageContaining("camp_ and a UUIDv7");
    }
}
