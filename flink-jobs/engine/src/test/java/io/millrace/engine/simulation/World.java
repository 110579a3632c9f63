package io.millrace.engine.simulation;

import com.google.protobuf.MessageLite;
import io.millrace.schemas.v1.BatchState;
import io.millrace.schemas.v1.CampaignState;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.PageState;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TombstonePage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that a checkpoint holds: state by id, messages on their way, timers, and the events not yet committed. */
final class World {
    final Map<String, TaskMemory> tasks = new LinkedHashMap<>();
    final Map<String, TombstonePage> tombstones = new LinkedHashMap<>();
    final Map<String, LaneState> lanes = new LinkedHashMap<>();
    final Map<String, PageState> pages = new LinkedHashMap<>();
    final Map<String, BatchState> batches = new LinkedHashMap<>();
    final Map<String, List<InferenceItem>> gathered = new LinkedHashMap<>();
    /** Messages in order for each pair of sender and receiver, as StateFun keeps it. */
    final Map<Channel, Deque<MessageLite>> channels = new LinkedHashMap<>();

    final List<Alarm> alarms = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();
    final List<EventRecord> uncommitted = new ArrayList<>();
    /** Of each task the last ticket it waited with: none is used twice. */
    final Map<String, Long> tickets = new HashMap<>();

    final Map<String, CampaignState> campaigns = new LinkedHashMap<>();
    /** Of each row of the campaign how it has ended, as its campaign was told; empty: it was reopened. */
    final Map<Integer, String> rows = new HashMap<>();
    /** Commands of the topic that have been read. */
    int commandsRead;

    record Channel(String from, String to) {}

    /** A delayed message of one address to itself. */
    record Alarm(String address, String token, long dueMillis, MessageLite message) {}

    /** A batch that was sent to the endpoint and has not been answered. */
    record Call(String batcher, io.millrace.schemas.v1.BatchRequest request) {}

    void send(String from, String to, MessageLite message) {
        channels.computeIfAbsent(new Channel(from, to), pair -> new ArrayDeque<>())
                .add(message);
    }

    World copy() {
        World copy = new World();
        copy.tasks.putAll(tasks);
        copy.tombstones.putAll(tombstones);
        copy.lanes.putAll(lanes);
        copy.pages.putAll(pages);
        copy.batches.putAll(batches);
        gathered.forEach((id, items) -> copy.gathered.put(id, new ArrayList<>(items)));
        channels.forEach((pair, queue) -> copy.channels.put(pair, new ArrayDeque<>(queue)));
        copy.alarms.addAll(alarms);
        copy.calls.addAll(calls);
        copy.uncommitted.addAll(uncommitted);
        copy.tickets.putAll(tickets);
        copy.campaigns.putAll(campaigns);
        copy.rows.putAll(rows);
        copy.commandsRead = commandsRead;
        return copy;
    }
}
