package io.millrace.orchestrator.function;

import io.millrace.orchestrator.config.JobSettings;
import io.millrace.orchestrator.remote.RemoteWire;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.FunctionType;
import org.apache.flink.util.MathUtils;

/**
 * Who is reached where. Types and ids are held by savepoints. StateFun keys state by the id alone, so each kind of id has a
 * prefix of its own.
 *
 * <p>Batchers and the slots behind them get ids that live on the subtask of those who use them: twice the throughput of ids
 * that do not. After a change of parallelism the ids differ; a batcher of before still drains where it is.
 */
public final class Addresses {
    static final String NAMESPACE = "millrace";

    public static final FunctionType TASK = new FunctionType(NAMESPACE, "task");
    public static final FunctionType TOMBSTONES = new FunctionType(NAMESPACE, "tombstones");
    public static final FunctionType LANE = new FunctionType(NAMESPACE, "lane");
    public static final FunctionType BATCH = new FunctionType(NAMESPACE, "batch");
    public static final FunctionType CAMPAIGN = new FunctionType(NAMESPACE, "campaign");
    public static final FunctionType REJECTION = new FunctionType(NAMESPACE, "rejection");

    private static final String TASK_PREFIX = "t:";
    private static final String TOMBSTONES_PREFIX = "e:";
    private static final String LANE_PREFIX = "l:";
    private static final String BATCH_PREFIX = "b:";
    private static final String CAMPAIGN_PREFIX = "c:";
    private static final String REJECTION_PREFIX = "r:";
    private static final int MAX_TRIES = 1_000_000;
    /** Pages in all are this many times the key groups; ids of pages depend on it. */
    private static final int PAGES_OF_A_KEY_GROUP = 64;

    private final int parallelism;
    private final Map<String, Address[]> batchers = new HashMap<>();
    private final Map<String, Map<Integer, Address>> slots = new HashMap<>();
    private final Address[] tombstones = new Address[JobSettings.MAX_PARALLELISM * PAGES_OF_A_KEY_GROUP];

    Addresses(int parallelism) {
        this.parallelism = parallelism;
    }

    public static Address task(String taskId) {
        return new Address(TASK, TASK_PREFIX + taskId);
    }

    public static Address rejection(String topic, int partition) {
        return new Address(REJECTION, REJECTION_PREFIX + topic + "/" + partition);
    }

    public static Address campaign(String campaignId) {
        return new Address(CAMPAIGN, CAMPAIGN_PREFIX + campaignId);
    }

    public static Address lane(String lane) {
        return new Address(LANE, LANE_PREFIX + lane);
    }

    static Address page(String lane, long page) {
        return new Address(LANE, LANE_PREFIX + lane + "/" + page);
    }

    /** The batcher of a function that lives where {@code self} lives. */
    Address batcher(String function, Address self) {
        Address[] bySubtask = batchers.computeIfAbsent(function, name -> new Address[parallelism]);
        int subtask = subtask(self.id());
        Address batcher = bySubtask[subtask];
        if (batcher == null) {
            batcher = new Address(BATCH, near(BATCH_PREFIX + function + "/" + subtask, subtask));
            bySubtask[subtask] = batcher;
        }
        return batcher;
    }

    /** Where the calls of one slot of a batcher go. Reused, so that remote addresses stay few. */
    Address slot(String function, Address batcher, int slot) {
        return slots.computeIfAbsent(batcher.id(), id -> new HashMap<>())
                .computeIfAbsent(
                        slot,
                        number -> new Address(
                                RemoteWire.function(function),
                                near(batcher.id() + "/" + number, subtask(batcher.id()))));
    }

    /** The page for the tombstone of a task: always on its subtask, because it is in its key group. */
    Address tombstones(String taskId) {
        int group = keyGroup(TASK_PREFIX + taskId);
        int number = Math.floorMod(MathUtils.murmurHash(~taskId.hashCode()), PAGES_OF_A_KEY_GROUP);
        int index = group * PAGES_OF_A_KEY_GROUP + number;
        Address page = tombstones[index];
        if (page == null) {
            String id = TOMBSTONES_PREFIX + group + "/" + number;
            page = new Address(TOMBSTONES, first(id, candidate -> keyGroup(candidate) == group));
            tombstones[index] = page;
        }
        return page;
    }

    static String taskOf(Address task) {
        return task.id().substring(TASK_PREFIX.length());
    }

    static String campaignOf(Address campaign) {
        return campaign.id().substring(CAMPAIGN_PREFIX.length());
    }

    static String functionOf(Address batcher) {
        return batcher.id().substring(BATCH_PREFIX.length(), batcher.id().indexOf('/'));
    }

    /**
     * A lane, or one page of its queue.
     *
     * @param isPage whether the id names a page: numbers of pages may have either sign
     * @param page its number; 0 of the lane itself
     */
    record LanePart(String lane, boolean isPage, long page) {
        static LanePart of(Address address) {
            String name = address.id().substring(LANE_PREFIX.length());
            int slash = name.indexOf('/');
            return slash < 0
                    ? new LanePart(name, false, 0)
                    : new LanePart(name.substring(0, slash), true, Long.parseLong(name.substring(slash + 1)));
        }
    }

    private String near(String id, int subtask) {
        return first(id, candidate -> subtask(candidate) == subtask);
    }

    /** The id itself or, with the first suffix that does it, one that lives where it should. */
    private static String first(String id, Predicate<String> livesThere) {
        String candidate = id;
        for (int i = 0; i < MAX_TRIES; i++) {
            if (livesThere.test(candidate)) {
                return candidate;
            }
            candidate = id + "." + i;
        }
        throw new IllegalStateException("no id like " + id + " lives where it should");
    }

    private static int keyGroup(String id) {
        return KeyGroupRangeAssignment.assignToKeyGroup(id, JobSettings.MAX_PARALLELISM);
    }

    private int subtask(String id) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(id, JobSettings.MAX_PARALLELISM, parallelism);
    }
}
