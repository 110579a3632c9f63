package io.millrace.engine.batch;

import io.millrace.schemas.v1.BatchState;
import io.millrace.schemas.v1.GatheredBucket;
import io.millrace.schemas.v1.InferenceItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many items of each bucket have gathered, those that go alone left out, so that an arriving item need not read the others.
 * Kept only where full batches are waited for.
 */
final class Buckets {
    private final BatchState.Builder state;

    Buckets(BatchState.Builder state) {
        this.state = state;
    }

    /** @return items of the bucket, this one included */
    int add(String bucket) {
        for (int i = 0; i < state.getBucketsCount(); i++) {
            if (state.getBuckets(i).getBucket().equals(bucket)) {
                GatheredBucket.Builder found = state.getBucketsBuilder(i);
                return found.setItems(found.getItems() + 1).getItems();
            }
        }
        state.addBuckets(GatheredBucket.newBuilder().setBucket(bucket).setItems(1));
        return 1;
    }

    void recount(List<InferenceItem> items) {
        state.clearBuckets();
        count(items)
                .forEach((bucket, count) -> state.addBuckets(
                        GatheredBucket.newBuilder().setBucket(bucket).setItems(count)));
    }

    static Map<String, Integer> count(List<InferenceItem> items) {
        Map<String, Integer> counts = new HashMap<>();
        for (InferenceItem item : items) {
            if (!item.getAlone()) {
                counts.merge(item.getBucket(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
