package io.millrace.engine.lane;

import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.SlotHolder;
import io.millrace.schemas.v1.TenantLoad;
import io.millrace.schemas.workflow.Lane;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Who holds a slot of a lane, and how many each tenant holds. Bounded by the limit of the lane, whatever waits. */
final class LaneHolders {
    private final LaneState.Builder state;

    LaneHolders(LaneState.Builder state) {
        this.state = state;
    }

    int count() {
        return state.getHoldersCount();
    }

    /** Tenants who hold as many slots as they may. */
    Set<String> atCap(Lane lane) {
        Set<String> tenants = new HashSet<>();
        for (TenantLoad load : state.getLoadsList()) {
            int cap = lane.cap(load.getTenant());
            if (cap != Lane.NO_CAP && load.getHolding() >= cap) {
                tenants.add(load.getTenant());
            }
        }
        return tenants;
    }

    void give(LaneEntry entry, long nowMillis) {
        state.addHolders(SlotHolder.newBuilder()
                .setTaskId(entry.getTaskId())
                .setTicket(entry.getTicket())
                .setUserId(entry.getUserId())
                .setPriority(entry.getPriority())
                .setGrantedAtMs(nowMillis)
                .setSeenAtMs(nowMillis));
        int load = load(entry.getUserId());
        if (load < 0) {
            state.addLoads(TenantLoad.newBuilder().setTenant(entry.getUserId()).setHolding(1));
            return;
        }
        TenantLoad.Builder tenant = state.getLoadsBuilder(load);
        tenant.setHolding(tenant.getHolding() + 1);
    }

    /** The slot comes back; empty when it had come back before. */
    Optional<SlotHolder> takeBack(String taskId, long ticket) {
        int index = holder(taskId, ticket);
        if (index < 0) {
            return Optional.empty();
        }
        SlotHolder holder = state.getHolders(index);
        state.removeHolders(index);
        int load = load(holder.getUserId());
        // Slots given out by a version that did not count them are missing among the loads.
        if (load >= 0) {
            int holding = state.getLoads(load).getHolding() - 1;
            if (holding > 0) {
                state.getLoadsBuilder(load).setHolding(holding);
            } else {
                state.removeLoads(load);
            }
        }
        return Optional.of(holder);
    }

    /** The holder says that it still runs. */
    void seen(String taskId, long ticket, long nowMillis) {
        int index = holder(taskId, ticket);
        if (index >= 0) {
            state.getHoldersBuilder(index).setSeenAtMs(nowMillis);
        }
    }

    private int holder(String taskId, long ticket) {
        for (int i = 0; i < state.getHoldersCount(); i++) {
            SlotHolder holder = state.getHolders(i);
            if (holder.getTicket() == ticket && holder.getTaskId().equals(taskId)) {
                return i;
            }
        }
        return -1;
    }

    private int load(String tenant) {
        for (int i = 0; i < state.getLoadsCount(); i++) {
            if (state.getLoads(i).getTenant().equals(tenant)) {
                return i;
            }
        }
        return -1;
    }
}
