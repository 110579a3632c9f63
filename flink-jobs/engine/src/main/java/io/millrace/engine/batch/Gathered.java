package io.millrace.engine.batch;

import io.millrace.schemas.v1.InferenceItem;
import java.util.List;

/** What becomes of the items that wait in a batcher. They are kept apart from its state so that adding one does not rewrite all. */
public sealed interface Gathered {
    /** They stay as they are. */
    record Keep() implements Gathered {}

    /** One more. */
    record Append(InferenceItem item) implements Gathered {}

    /** These, in this order, instead. */
    record Replace(List<InferenceItem> items) implements Gathered {
        public Replace {
            items = List.copyOf(items);
        }
    }
}
