package io.millrace.orchestrator.function;

import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.PageState;
import org.apache.flink.statefun.sdk.state.PersistedAppendingBuffer;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.jspecify.annotations.Nullable;

/** A page of a lane's queue as it is written, like {@link TaskParts}: in RocksDB entry after entry, on the heap as one value. */
final class PageParts implements Kept.Written<PageState> {
    private final PersistedValue<PageState> page;
    private final PersistedAppendingBuffer<LaneEntry> entries;
    private final boolean apart;

    PageParts(PersistedValue<PageState> page, PersistedAppendingBuffer<LaneEntry> entries, StateBackend backend) {
        this.page = page;
        this.entries = entries;
        this.apart = backend == StateBackend.ROCKSDB;
    }

    @Override
    public @Nullable PageState get() {
        PageState one = page.get();
        PageState whole = one == null ? joined() : one;
        if (whole != null && (one == null) != apart) {
            clear();
            set(null, whole);
        }
        return whole;
    }

    @Override
    public void set(@Nullable PageState before, PageState after) {
        if (apart) {
            Appending.write(entries, before == null ? null : before.getEntriesList(), after.getEntriesList());
        } else {
            page.set(after);
        }
    }

    @Override
    public void clear() {
        page.clear();
        entries.clear();
    }

    private @Nullable PageState joined() {
        PageState whole =
                PageState.newBuilder().addAllEntries(Appending.read(entries)).build();
        return whole.getEntriesCount() == 0 ? null : whole;
    }
}
