package io.millrace.engine.lane;

import io.millrace.engine.Effect;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneLevel;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.Page;
import io.millrace.schemas.v1.TenantQueue;
import java.util.List;
import java.util.Optional;

/**
 * The waiting entries of a lane. The front of each tenant's queue is in the lane's own state; the rest is in pages, each under an
 * id of its own, so that no value grows with the queue: adding and taking cost the same with ten entries and with a million.
 */
final class LaneQueue {
    /** Entries of a page, and of a front before the first page is begun. */
    static final int PAGE = 32;
    /** Tenants of a priority with a queue of their own; further ones share {@link #BUCKETS} queues. */
    static final int TENANTS = 64;

    static final int BUCKETS = 16;

    private final String lane;
    private final LaneState.Builder state;
    private final List<Effect> effects;

    LaneQueue(String lane, LaneState.Builder state, List<Effect> effects) {
        this.lane = lane;
        this.state = state;
        this.effects = effects;
    }

    void add(LaneEntry entry) {
        state.setWaiting(state.getWaiting() + 1);
        TenantQueue.Builder queue = tenant(level(entry.getPriority()), entry.getUserId());
        boolean inPages = queue.getFirstPage() < queue.getLastPage() || queue.getLoading();
        if (!inPages && queue.getFrontCount() < PAGE) {
            queue.addFront(entry);
            return;
        }
        if (queue.getFirstPage() == queue.getLastPage() || queue.getLastEntries() == PAGE) {
            queue.setLastPage(queue.getLastPage() + 1).setLastEntries(0);
        }
        queue.setLastEntries(queue.getLastEntries() + 1);
        toPage(queue, queue.getLastPage() - 1, Page.newBuilder().setAppend(entry));
    }

    /** The entry whose turn it is; empty when none waits, or when it is on a page that has first to be read. */
    Optional<LaneEntry> take(long nowMillis) {
        int best = -1;
        long bestRank = Long.MIN_VALUE;
        for (int i = 0; i < state.getLevelsCount(); i++) {
            long rank = rank(state.getLevels(i), nowMillis);
            if (rank > bestRank) {
                best = i;
                bestRank = rank;
            }
        }
        return best < 0 ? Optional.empty() : takeFrom(best);
    }

    /** A page has been read. */
    void loaded(Page page) {
        for (LaneLevel.Builder level : state.getLevelsBuilderList()) {
            for (TenantQueue.Builder queue : level.getTenantsBuilderList()) {
                if (queue.getLoading() && queue.getQueue() == (int) (page.getPage() >>> 32)) {
                    queue.setLoading(false).addAllFront(page.getContent().getEntriesList());
                    return;
                }
            }
        }
        throw new IllegalStateException("lane " + lane + ": nobody asked for page " + page.getPage());
    }

    private Optional<LaneEntry> takeFrom(int levelIndex) {
        LaneLevel.Builder level = state.getLevelsBuilder(levelIndex);
        int turn = level.getTurn() % level.getTenantsCount();
        TenantQueue.Builder queue = level.getTenantsBuilder(turn);
        if (queue.getFrontCount() == 0) {
            return Optional.empty();
        }
        LaneEntry entry = queue.getFront(0);
        queue.removeFront(0).setTakenEnqueuedAtMs(entry.getEnqueuedAtMs());
        state.setWaiting(state.getWaiting() - 1);
        if (queue.getFrontCount() == 0 && queue.getFirstPage() == queue.getLastPage()) {
            level.removeTenants(turn).setTurn(turn);
            if (level.getTenantsCount() == 0) {
                state.removeLevels(levelIndex);
            }
            return Optional.of(entry);
        }
        if (queue.getFrontCount() == 0) {
            load(queue);
        }
        level.setTurn(turn + 1);
        return Optional.of(entry);
    }

    private void load(TenantQueue.Builder queue) {
        int page = queue.getFirstPage();
        queue.setFirstPage(page + 1).setLoading(true);
        toPage(queue, page, Page.newBuilder().setTake(true));
    }

    /** Priority, raised by the time its next entry has waited. */
    private static long rank(LaneLevel level, long nowMillis) {
        TenantQueue next = level.getTenants(level.getTurn() % level.getTenantsCount());
        long since = next.getFrontCount() == 0
                ? next.getTakenEnqueuedAtMs()
                : next.getFront(0).getEnqueuedAtMs();
        return level.getPriority() * LaneMachine.AGEING.toMillis() + nowMillis - since;
    }

    private LaneLevel.Builder level(int priority) {
        for (LaneLevel.Builder level : state.getLevelsBuilderList()) {
            if (level.getPriority() == priority) {
                return level;
            }
        }
        return state.addLevelsBuilder().setPriority(priority);
    }

    private TenantQueue.Builder tenant(LaneLevel.Builder level, String userId) {
        Optional<TenantQueue.Builder> own = find(level, userId);
        if (own.isPresent()) {
            return own.get();
        }
        if (level.getTenantsCount() < TENANTS) {
            return begin(level, userId);
        }
        String bucket = "#" + Math.floorMod(userId.hashCode(), BUCKETS);
        return find(level, bucket).orElseGet(() -> begin(level, bucket));
    }

    private static Optional<TenantQueue.Builder> find(LaneLevel.Builder level, String tenant) {
        for (TenantQueue.Builder queue : level.getTenantsBuilderList()) {
            if (queue.getTenant().equals(tenant)) {
                return Optional.of(queue);
            }
        }
        return Optional.empty();
    }

    private TenantQueue.Builder begin(LaneLevel.Builder level, String tenant) {
        state.setNextQueue(state.getNextQueue() + 1);
        return level.addTenantsBuilder().setTenant(tenant).setQueue(state.getNextQueue());
    }

    private void toPage(TenantQueue.Builder queue, int number, Page.Builder message) {
        long page = (long) queue.getQueue() << 32 | number;
        effects.add(new Effect.ToPage(
                lane,
                page,
                LaneMessage.newBuilder().setPage(message.setPage(page)).build()));
    }
}
