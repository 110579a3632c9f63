package io.millrace.edge.watch;

import io.millrace.edge.live.CampaignView;
import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.live.Outlook;
import io.millrace.edge.live.Place;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.CloseReason;
import io.millrace.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * The live view and those who watch it. The threads that read the logs write here; they update and enqueue, and never run a
 * subscriber's code. One lock guards the view and the list of subscribers, so that a subscription has one exact beginning.
 */
public final class Hub {
    private static final int MAX_TASKS_SHOWN = 100;

    private final LiveView view;
    private final MailboxLimits mailboxLimits;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Map<String, Set<Subscriber>> byTask = new HashMap<>();
    private final Map<String, Set<Subscriber>> byUser = new HashMap<>();
    private final Map<String, Set<Subscriber>> byCampaign = new HashMap<>();
    private int subscribers;

    Hub(LiveView view, MailboxLimits mailboxLimits, Scheduler scheduler, Clock clock) {
        this.view = view;
        this.mailboxLimits = mailboxLimits;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** What is watched: one task, or all tasks of a user. */
    sealed interface Scope {
        record OneTask(String taskId) implements Scope {}

        record AllOfUser(String userId) implements Scope {}

        /** A campaign's counts and the ends of its tasks. */
        record OneCampaign(String campaignId) implements Scope {}

        default boolean includes(LiveEvent event) {
            if (this instanceof OneTask one) {
                return event.taskId().equals(one.taskId());
            }
            if (this instanceof OneCampaign campaign) {
                return event.campaignId().equals(campaign.campaignId()) && !isUnderWay(event);
            }
            return this instanceof AllOfUser all && event.userId().equals(all.userId());
        }
    }

    /** A step of a task that has not ended: not for those who watch its campaign. */
    private static boolean isUnderWay(LiveEvent event) {
        return event.content() instanceof LiveEvent.StepTaken taken
                && !taken.view().ended();
    }

    /** Partition of the progress log that holds a user's records: the producers' default partitioner. */
    public static int partitionOf(String userId) {
        int hash = Utils.murmur2(userId.getBytes(StandardCharsets.UTF_8));
        return Utils.toPositive(hash) % Topic.PROGRESS.partitions();
    }

    /** The progress log of this partition is followed from the offset on. */
    public synchronized void beginAt(int partition, long offset) {
        view.beginAt(partition, offset);
    }

    /** The log was emptied and begins anew. Streams of it end: what comes now stands at places that they have long passed. */
    public synchronized void reset(int partition) {
        view.reset(partition);
        Stream.of(byTask, byUser, byCampaign)
                .flatMap(index -> index.values().stream())
                .flatMap(Set::stream)
                .filter(subscriber -> subscriber.partition() == partition)
                // A subscriber without a thread of its own closes, and leaves the sets, at once.
                .toList()
                .forEach(subscriber -> subscriber.end(CloseReason.LOG_RESET));
    }

    public synchronized void apply(LogRecord record) {
        view.apply(record, clock.millis()).forEach(this::tell);
    }

    /** A task's end was committed at this version of its events. */
    public synchronized void committed(String taskId, long version) {
        view.committed(taskId, version).forEach(this::tell);
    }

    /** A submit was accepted by the command log: it is told, and shown as pending until its first step comes. */
    public synchronized void accepted(TaskView pending) {
        view.accepted(pending, partitionOf(pending.userId()), clock.millis()).forEach(this::tell);
    }

    /** A campaign was accepted by its log: it is shown until its first counts come. */
    public synchronized void accepted(CampaignView view) {
        this.view.accepted(view, partitionOf(view.userId()));
    }

    /** Asks about lanes and campaigns; the question runs under the lock and must be short. */
    public synchronized <T> T ask(Function<Outlook, T> question) {
        return question.apply(view.outlook());
    }

    public Optional<CampaignView> campaign(String id) {
        return ask(outlook -> outlook.campaign(id));
    }

    /** Campaigns of a user, or of everybody when null, newest id first. */
    public List<CampaignView> campaignsOf(@Nullable String userId) {
        return ask(outlook -> outlook.campaignsOf(userId));
    }

    public synchronized Optional<LiveView.Known> find(String taskId) {
        return view.find(taskId);
    }

    /** Tasks of a user, or of everybody when null, newest id first. */
    public synchronized List<TaskView> tasksOf(@Nullable String userId) {
        return view.tasksOf(userId);
    }

    /** How far the partition of the progress log was read; offset -1 before its first record. */
    public synchronized Place end(int partition) {
        return view.end(partition);
    }

    synchronized long start(int partition) {
        return view.start(partition);
    }

    synchronized boolean wasShown(Place place) {
        return view.wasShown(place);
    }

    synchronized Optional<List<LiveEvent>> since(Place after, Predicate<LiveEvent> wanted) {
        return view.since(after, wanted);
    }

    synchronized List<LiveEvent> dones(Place after, Place end) {
        return view.dones(after, end);
    }

    /** Lets go of what has ended long ago; to be called every few seconds. */
    public synchronized void evict() {
        view.evict(clock.millis());
    }

    public synchronized int taskCount() {
        return view.size();
    }

    public synchronized int subscriberCount() {
        return subscribers;
    }

    private void tell(LiveEvent event) {
        byTask.getOrDefault(event.taskId(), Set.of()).forEach(subscriber -> subscriber.offer(event));
        byUser.getOrDefault(event.userId(), Set.of()).forEach(subscriber -> subscriber.offer(event));
        if (!byCampaign.isEmpty() && !event.campaignId().isEmpty() && !isUnderWay(event)) {
            byCampaign.getOrDefault(event.campaignId(), Set.of()).forEach(subscriber -> subscriber.offer(event));
        }
    }

    /**
     * A subscription that has begun: everything after {@code end} comes through {@code live}, or what comes after the place that it was
     * told to skip to.
     *
     * @param end how far the log was read when it began
     * @param known the watched task at that moment
     * @param tasks the user's tasks that had not ended at that moment, newest first, when all of them are watched
     */
    record Opening(
            Place end,
            Optional<LiveView.Known> known,
            List<TaskView> tasks,
            Flux<LiveEvent> live,
            Consumer<Place> skipTo,
            Runnable close) {}

    /** Begins a subscription. */
    synchronized Opening open(Scope scope, int partition) {
        Place end = view.end(partition);
        Subscriber subscriber = new Subscriber(new Mailbox(mailboxLimits, end), scheduler);
        Map<String, Set<Subscriber>> index = indexOf(scope);
        String key = keyOf(scope);
        index.computeIfAbsent(key, ignored -> new LinkedHashSet<>()).add(subscriber);
        subscribers++;
        Optional<LiveView.Known> known =
                scope instanceof Scope.OneTask one ? view.find(one.taskId()) : Optional.empty();
        List<TaskView> tasks = scope instanceof Scope.AllOfUser all ? openTasksOf(all.userId()) : List.of();
        Runnable close = () -> close(index, key, subscriber);
        return new Opening(end, known, tasks, subscriber.events(), subscriber::skipTo, close);
    }

    private List<TaskView> openTasksOf(String userId) {
        return view.tasksOf(userId).stream()
                .filter(task -> !task.ended())
                .limit(MAX_TASKS_SHOWN)
                .toList();
    }

    private synchronized void close(Map<String, Set<Subscriber>> index, String key, Subscriber subscriber) {
        Set<Subscriber> those = index.get(key);
        if (those != null && those.remove(subscriber)) {
            subscribers--;
            if (those.isEmpty()) {
                index.remove(key);
            }
        }
        subscriber.close();
    }

    private Map<String, Set<Subscriber>> indexOf(Scope scope) {
        if (scope instanceof Scope.OneCampaign) {
            return byCampaign;
        }
        return scope instanceof Scope.OneTask ? byTask : byUser;
    }

    private static String keyOf(Scope scope) {
        if (scope instanceof Scope.OneCampaign campaign) {
            return campaign.campaignId();
        }
        if (scope instanceof Scope.OneTask one) {
            return one.taskId();
        }
        return ((Scope.AllOfUser) scope).userId();
    }
}
