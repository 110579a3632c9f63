package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.LookedUp;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TaskTombstone;
import io.millrace.schemas.v1.Tombstone;
import io.millrace.schemas.v1.TombstoneMessage;
import io.millrace.schemas.v1.TombstonePage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the tombstones of many tasks in one value, for {@link PagedTaskMachine}. Those whose time is over go when another comes. */
public final class TombstonePageMachine {
    /** @param page what the last decision about this page kept; whoever keeps it may drop it a retention after it was last changed */
    public Decision<TombstonePage> decide(@Nullable TombstonePage page, TombstoneMessage message, Moment moment) {
        TombstonePage known = page == null ? TombstonePage.getDefaultInstance() : page;
        String taskId = message.getTaskId();
        return switch (message.getBodyCase()) {
            case LOOK_UP -> {
                LookedUp.Builder found = LookedUp.newBuilder().setCommand(message.getLookUp());
                int index = find(known.getEntriesList(), key(taskId));
                if (index >= 0) {
                    found.setTombstone(read(known.getEntries(index)).getTombstone());
                }
                yield new Decision<>(
                        page, List.of(toTask(taskId, TaskMessage.newBuilder().setLookedUp(found))));
            }
            case KEEP ->
                new Decision<>(
                        with(known, taskId, message.getKeep(), moment.nowMillis()),
                        List.of(toTask(taskId, TaskMessage.newBuilder().setKept(message.getKeep()))));
            case BODY_NOT_SET ->
                throw new IllegalArgumentException("tombstone of " + taskId + ": neither keep nor look up");
        };
    }

    private static TombstonePage with(TombstonePage page, String taskId, Tombstone tombstone, long nowMillis) {
        List<ByteString> entries = page.getEntriesList();
        int first = 0;
        while (first < entries.size() && read(entries.get(first)).getTombstone().getExpiresAtMs() <= nowMillis) {
            first++;
        }
        TombstonePage.Builder next = TombstonePage.newBuilder();
        int before = find(entries, key(taskId));
        if (before < first) {
            next.addAllEntries(entries.subList(first, entries.size()));
        } else {
            next.addAllEntries(entries.subList(first, before))
                    .addAllEntries(entries.subList(before + 1, entries.size()));
        }
        return next.addEntries(TaskTombstone.newBuilder()
                        .setTaskId(taskId)
                        .setTombstone(tombstone)
                        .build()
                        .toByteString())
                .build();
    }

    /** How the entry of a task begins: with the field of the lowest number. */
    private static ByteString key(String taskId) {
        return TaskTombstone.newBuilder().setTaskId(taskId).build().toByteString();
    }

    private static int find(List<ByteString> entries, ByteString key) {
        int last = key.size() - 1;
        byte end = key.byteAt(last);
        for (int i = entries.size() - 1; i >= 0; i--) {
            ByteString entry = entries.get(i);
            // Ids of one time begin alike, so most are told apart by how they end.
            if (entry.size() > last && entry.byteAt(last) == end && entry.startsWith(key)) {
                return i;
            }
        }
        return -1;
    }

    private static TaskTombstone read(ByteString entry) {
        try {
            return TaskTombstone.parseFrom(entry);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a page holds what is no tombstone", e);
        }
    }

    private static Effect toTask(String taskId, TaskMessage.Builder message) {
        return new Effect.ToTask(taskId, message.build());
    }
}
