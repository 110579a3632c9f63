package io.millrace.engine.lane;

import io.millrace.engine.Effect;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneLevel;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.Page;
import io.millrace.schemas.v1.QueuePlace;
import io.millrace.schemas.v1.SlotHolder;
import io.millrace.schemas.v1.TenantQueue;
import io.millrace.schemas.v1.Withdraw;
import io.millrace.schemas.workflow.Lane;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The waiting entries of a lane. The first few of each queue are in the lane's own state; the rest is in pages, each under an id
 * of its own, so that no value grows with the queue: adding and taking cost the same with ten entries and with a million.
 */
final class LaneQueue {
    /** Entries of a page. */
    static final int PAGE = 32;
    /** Entries kept in the lane's state for one queue, and read off a page at once: what every message of the lane carries along. */
    static final int FRONT = 4;
    /** Queues of a priority, one for each tenant; further tenants share {@link #BUCKETS} queues. */
    static final int TENANTS = 64;
    /** Tenants that the definition of the lane names get a queue of their own up to this many. */
    static final int NAMED = 256;

    static final int BUCKETS = 16;

    private static final String BUCKET = "#";
    /** The queue has had no page yet. Most never have one: a number for each would soon be used up. */
    private static final int NO_NUMBER = 0;
    /** No entry of the queue may be taken. */
    private static final int NONE = -1;

    private final Lane lane;
    private final LaneState.Builder state;
    private final LaneHolders holders;
    private final List<Effect> effects;

    LaneQueue(Lane lane, LaneState.Builder state, LaneHolders holders, List<Effect> effects) {
        this.lane = lane;
        this.state = state;
        this.holders = holders;
        this.effects = effects;
    }

    QueuePlace add(LaneEntry entry) {
        state.setWaiting(state.getWaiting() + 1);
        TenantQueue.Builder queue = queue(level(entry.getPriority()), entry.getUserId());
        queue.setAdded(queue.getAdded() + 1);
        boolean inPages = queue.getFirstPage() < queue.getLastPage() || queue.getLoading();
        if (!inPages && queue.getFrontCount() < FRONT) {
            queue.addFront(entry);
        } else {
            if (queue.getQueue() == NO_NUMBER) {
                queue.setQueue(freeNumber());
            }
            if (queue.getFirstPage() == queue.getLastPage() || queue.getLastEntries() == PAGE) {
                queue.setLastPage(queue.getLastPage() + 1).setLastEntries(0);
            }
            queue.setLastEntries(queue.getLastEntries() + 1);
            toPage(queue, queue.getLastPage() - 1, Page.newBuilder().setAppend(entry));
        }
        return QueuePlace.newBuilder()
                .setLane(lane.name())
                .setPriority(entry.getPriority())
                .setTenant(queue.getTenant())
                .setOrdinal(queue.getAdded())
                .setTicket(entry.getTicket())
                .setWithdrawn(queue.getWithdrawn())
                .build();
    }

    /**
     * An entry waits no more. In the front it is taken out. On a page nobody looks for it: it is counted, and taken when its turn comes,
     * for its task to decline.
     */
    void withdraw(Withdraw withdraw) {
        for (int i = 0; i < state.getLevelsCount(); i++) {
            LaneLevel.Builder level = state.getLevelsBuilder(i);
            int index = level.getPriority() == withdraw.getPriority() ? queueOf(level, withdraw.getUserId()) : NONE;
            if (index == NONE) {
                continue;
            }
            TenantQueue.Builder queue = level.getTenantsBuilder(index);
            int place = inFront(queue, withdraw);
            if (place == NONE) {
                queue.setWithdrawn(queue.getWithdrawn() + 1);
            } else {
                takeOut(new Turn(i, index, place, 0));
            }
            return;
        }
    }

    /** A slot came for nothing. */
    void declined(SlotHolder holder) {
        for (LaneLevel.Builder level : state.getLevelsBuilderList()) {
            int index = level.getPriority() == holder.getPriority() ? queueOf(level, holder.getUserId()) : NONE;
            if (index != NONE) {
                TenantQueue.Builder queue = level.getTenantsBuilder(index);
                queue.setDeclined(Math.min(queue.getWithdrawn(), queue.getDeclined() + 1));
            }
        }
    }

    /** Entries of a queue that wait, those left out that were withdrawn. */
    static long waiting(TenantQueue queue) {
        return Math.max(0, queue.getAdded() - queue.getTaken() - queue.getWithdrawn() + queue.getDeclined());
    }

    private static int queueOf(LaneLevel.Builder level, String userId) {
        int own = find(level, userId);
        return own >= 0 ? own : find(level, bucket(userId));
    }

    private static int inFront(TenantQueue.Builder queue, Withdraw withdraw) {
        for (int i = 0; i < queue.getFrontCount(); i++) {
            LaneEntry entry = queue.getFront(i);
            if (entry.getTicket() == withdraw.getTicket() && entry.getTaskId().equals(withdraw.getTaskId())) {
                return i;
            }
        }
        return NONE;
    }

    /**
     * The entry whose turn it is; empty when none waits that may run, or when it is on a page that has first to be read. A priority is
     * raised by the time the oldest of those that may run has waited, whoever's turn it is: else it would wait until those before it in
     * the circle were old as well.
     */
    Optional<LaneEntry> take(long nowMillis) {
        Set<String> atCap = holders.atCap(lane);
        Turn best = null;
        long bestRank = Long.MIN_VALUE;
        for (int i = 0; i < state.getLevelsCount(); i++) {
            Turn turn = turn(i, atCap);
            if (turn == null) {
                continue;
            }
            long rank =
                    state.getLevels(i).getPriority() * LaneMachine.AGEING.toMillis() + nowMillis - turn.oldestSince();
            if (rank > bestRank) {
                best = turn;
                bestRank = rank;
            }
        }
        return best == null ? Optional.empty() : takeFrom(best);
    }

    /** A page has been read, as far as it was asked for. */
    void loaded(Page page) {
        for (int i = 0; i < state.getLevelsCount(); i++) {
            LaneLevel level = state.getLevels(i);
            for (int j = 0; j < level.getTenantsCount(); j++) {
                TenantQueue found = level.getTenants(j);
                if (found.getLoading() && found.getQueue() == (int) (page.getPage() >>> 32)) {
                    TenantQueue.Builder queue = state.getLevelsBuilder(i).getTenantsBuilder(j);
                    queue.setLoading(false).addAllFront(page.getContent().getEntriesList());
                    if (page.getContent().getLeft() > 0) {
                        queue.setFirstPage((int) page.getPage());
                    }
                    return;
                }
            }
        }
        throw new IllegalStateException("lane " + lane.name() + ": nobody asked for page " + page.getPage());
    }

    /**
     * What a level would give out.
     *
     * @param level its index
     * @param queue index of the first of the circle that may be served
     * @param place of the entry in the front of that queue
     * @param oldestSince since when the oldest has waited of those that may be taken from any queue of the level
     */
    private record Turn(int level, int queue, int place, long oldestSince) {}

    private @Nullable Turn turn(int levelIndex, Set<String> atCap) {
        LaneLevel level = state.getLevels(levelIndex);
        int first = NONE;
        int firstPlace = NONE;
        long oldest = Long.MAX_VALUE;
        for (int ahead = 0; ahead < level.getTenantsCount(); ahead++) {
            int index = Turns.index(level, ahead);
            TenantQueue queue = level.getTenants(index);
            int place = eligible(queue, atCap);
            if (place == NONE) {
                continue;
            }
            if (first == NONE) {
                first = index;
                firstPlace = place;
            }
            long since = queue.getFrontCount() == 0
                    ? queue.getTakenEnqueuedAtMs()
                    : queue.getFront(place).getEnqueuedAtMs();
            oldest = Math.min(oldest, since);
        }
        return first == NONE ? null : new Turn(levelIndex, first, firstPlace, oldest);
    }

    /** Index of the entry that may be taken; 0 of an empty front: the page that is being read has to be waited for. */
    private static int eligible(TenantQueue queue, Set<String> atCap) {
        boolean shared = queue.getTenant().startsWith(BUCKET);
        if (!shared) {
            return atCap.contains(queue.getTenant()) ? NONE : 0;
        }
        for (int i = 0; i < queue.getFrontCount(); i++) {
            if (!atCap.contains(queue.getFront(i).getUserId())) {
                return i;
            }
        }
        return queue.getFrontCount() == 0 ? 0 : NONE;
    }

    private Optional<LaneEntry> takeFrom(Turn turn) {
        LaneLevel.Builder level = state.getLevelsBuilder(turn.level());
        TenantQueue.Builder queue = level.getTenantsBuilder(turn.queue());
        if (queue.getFrontCount() == 0) {
            return Optional.empty();
        }
        LaneEntry entry = queue.getFront(turn.place());
        if (takeOut(turn)) {
            int begun = queue.getCredit() == 0 ? weight(queue.getTenant(), entry) : queue.getCredit();
            queue.setCredit(begun - 1);
            if (begun == 1) {
                Turns.toEnd(level, turn.queue());
            }
        }
        return Optional.of(entry);
    }

    /** Takes an entry out of the front of its queue. @return whether the queue is still there; an empty one goes, and its level */
    private boolean takeOut(Turn turn) {
        LaneLevel.Builder level = state.getLevelsBuilder(turn.level());
        int index = turn.queue();
        TenantQueue.Builder queue = level.getTenantsBuilder(index);
        LaneEntry entry = queue.getFront(turn.place());
        queue.removeFront(turn.place())
                .setTakenEnqueuedAtMs(entry.getEnqueuedAtMs())
                .setTaken(queue.getTaken() + 1);
        state.setWaiting(state.getWaiting() - 1);
        boolean inPages = queue.getFirstPage() < queue.getLastPage();
        if (queue.getFrontCount() == 0 && !inPages && !queue.getLoading()) {
            state.setOrdinals(Math.max(state.getOrdinals(), queue.getAdded()));
            Turns.remove(level, index);
            if (level.getTenantsCount() == 0) {
                state.removeLevels(turn.level());
            }
            return false;
        }
        // Asked for before the front is used up, so that nobody waits for a page.
        if (queue.getFrontCount() <= FRONT / 2 && inPages && !queue.getLoading()) {
            load(queue);
        }
        return true;
    }

    private int weight(String tenant, LaneEntry entry) {
        return lane.weight(tenant.startsWith(BUCKET) ? entry.getUserId() : tenant);
    }

    private void load(TenantQueue.Builder queue) {
        int page = queue.getFirstPage();
        queue.setFirstPage(page + 1).setLoading(true);
        toPage(queue, page, Page.newBuilder().setTake(true));
    }

    private LaneLevel.Builder level(int priority) {
        for (int i = 0; i < state.getLevelsCount(); i++) {
            if (state.getLevels(i).getPriority() == priority) {
                return state.getLevelsBuilder(i);
            }
        }
        return state.addLevelsBuilder().setPriority(priority);
    }

    private TenantQueue.Builder queue(LaneLevel.Builder level, String userId) {
        int own = find(level, userId);
        if (own >= 0) {
            return level.getTenantsBuilder(own);
        }
        String bucket = bucket(userId);
        int shared = find(level, bucket);
        boolean named = lane.tenants().containsKey(userId);
        // Whoever may have entries in a bucket stays with it until it is empty: a tenant is served in order of arrival.
        if (level.getTenantsCount() < (named ? NAMED : TENANTS) && (named || shared < 0)) {
            return begin(level, userId);
        }
        return shared >= 0 ? level.getTenantsBuilder(shared) : begin(level, bucket);
    }

    private static String bucket(String userId) {
        return BUCKET + Math.floorMod(userId.hashCode(), BUCKETS);
    }

    private static int find(LaneLevel.Builder level, String tenant) {
        for (int i = 0; i < level.getTenantsCount(); i++) {
            if (level.getTenants(i).getTenant().equals(tenant)) {
                return i;
            }
        }
        return NONE;
    }

    private TenantQueue.Builder begin(LaneLevel.Builder level, String tenant) {
        return Turns.begin(level)
                .setTenant(tenant)
                .setAdded(state.getOrdinals())
                .setTaken(state.getOrdinals());
    }

    /** From 1 to the highest and round again, past those that are in use. */
    private int freeNumber() {
        int number = Math.max(0, state.getNextQueue());
        do {
            number = number % Integer.MAX_VALUE + 1;
        } while (inUse(number));
        state.setNextQueue(number);
        return number;
    }

    private boolean inUse(int number) {
        return state.getLevelsOrBuilderList().stream()
                .flatMap(level -> level.getTenantsOrBuilderList().stream())
                .anyMatch(queue -> queue.getQueue() == number);
    }

    private void toPage(TenantQueue.Builder queue, int number, Page.Builder message) {
        long page = (long) queue.getQueue() << 32 | number;
        effects.add(new Effect.ToPage(
                lane.name(),
                page,
                LaneMessage.newBuilder().setPage(message.setPage(page)).build()));
    }
}
