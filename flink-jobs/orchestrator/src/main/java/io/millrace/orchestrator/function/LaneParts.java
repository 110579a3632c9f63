package io.millrace.orchestrator.function;

import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.SlotHolder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.statefun.sdk.state.PersistedTable;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.jspecify.annotations.Nullable;

/**
 * The head of a lane as it is written, like {@link TaskParts}: in RocksDB the holders of its slots, of which there may be a thousand,
 * stand in a table beside the rest, so that a grant writes one of them and not all.
 */
final class LaneParts implements Kept.Written<LaneState> {
    private final PersistedValue<LaneState> lane;
    private final PersistedTable<String, SlotHolder> holders;
    private final boolean apart;

    LaneParts(PersistedValue<LaneState> lane, PersistedTable<String, SlotHolder> holders, StateBackend backend) {
        this.lane = lane;
        this.holders = holders;
        this.apart = backend == StateBackend.ROCKSDB;
    }

    @Override
    public @Nullable LaneState get() {
        LaneState written = lane.get();
        if (written == null || (!written.getHoldersApart() && !apart)) {
            return written;
        }
        LaneState whole = written.getHoldersApart() ? joined(written) : written;
        if (written.getHoldersApart() != apart) {
            holders.clear();
            set(null, whole);
        }
        return whole;
    }

    @Override
    public void set(@Nullable LaneState before, LaneState after) {
        if (!apart) {
            lane.set(after);
            return;
        }
        if (before == null) {
            holders.clear();
        }
        write(before == null ? List.of() : before.getHoldersList(), after.getHoldersList());
        lane.set(after.toBuilder().clearHolders().setHoldersApart(true).build());
    }

    @Override
    public void clear() {
        lane.clear();
        holders.clear();
    }

    /** Those who got a slot stand at the end, and who is left stands in the order it had: so what differs is told by identity. */
    private void write(List<SlotHolder> before, List<SlotHolder> after) {
        int same = 0;
        for (SlotHolder holder : before) {
            if (same < after.size() && after.get(same) == holder) {
                same++;
            } else {
                holders.remove(key(holder));
            }
        }
        for (SlotHolder holder : after.subList(same, after.size())) {
            holders.set(key(holder), holder);
        }
    }

    private LaneState joined(LaneState written) {
        List<SlotHolder> beside = new ArrayList<>();
        holders.values().forEach(beside::add);
        beside.sort(Comparator.comparingLong(SlotHolder::getGrantedAtMs).thenComparing(LaneParts::key));
        return written.toBuilder().clearHoldersApart().addAllHolders(beside).build();
    }

    private static String key(SlotHolder holder) {
        return holder.getTaskId() + "/" + holder.getTicket();
    }
}
