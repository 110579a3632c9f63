package io.millrace.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.v1.CampaignStep;
import org.junit.jupiter.api.Test;

class CampaignBookTest {
    private static final String CAMPAIGN = "camp_1";
    private static final String ALICE = "alice";

    private final Records records = new Records();
    private final CampaignBook book = new CampaignBook();

    @Test
    void countsMoveBetweenTheEventsOfACampaign() {
        assertThat(book.apply(counts(1, 1, 0))).isNotNull();
        assertThat(book.apply(counts(1, 1, 3))).isNotNull();

        assertThat(completed()).isEqualTo(3);
    }

    @Test
    void aReopenedRowTakesItsCountBack() {
        book.apply(counts(1, 2, 5));
        book.apply(counts(1, 2, 4));

        assertThat(completed()).isEqualTo(4);
    }

    @Test
    void repeatsAndWhatAnEarlierLifeOfTheJobSaidAreNotTold() {
        book.apply(counts(2, 1, 3));

        assertThat(book.apply(counts(2, 1, 3))).isNull();
        assertThat(book.apply(counts(1, 1, 9))).isNull();
        assertThat(completed()).isEqualTo(3);
    }

    private int completed() {
        return book.find(CAMPAIGN).orElseThrow().step().getCompleted();
    }

    private LogRecord counts(long epoch, long version, int completed) {
        return records.record(Records.base(CAMPAIGN, ALICE, 0)
                .setEpoch(epoch)
                .setCampaignId(CAMPAIGN)
                .setCampaign(CampaignStep.newBuilder()
                        .setTotal(10)
                        .setCompleted(completed)
                        .setVersion(version)));
    }
}
