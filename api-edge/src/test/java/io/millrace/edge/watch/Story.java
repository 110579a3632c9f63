package io.millrace.edge.watch;

import io.millrace.edge.live.LogRecord;
import io.millrace.edge.live.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random lives of a few tasks as the orchestrator writes them, recoveries included, and a plain model of what shall be shown of them. */
final class Story {
    static final String USER = "alice";
    private static final int TASKS = 3;

    private final Random random;
    private final Records records = new Records();
    private final List<LogRecord> log = new ArrayList<>();
    private final Map<String, List<String>> phases = new HashMap<>();
    private final List<String> expected = new ArrayList<>();
    private final Map<String, TreeMap<Integer, String>> shown = new HashMap<>();
    private long epoch = 1;

    Story(long seed) {
        this.random = new Random(seed);
        for (int i = 0; i < TASKS; i++) {
            phases.put("task_" + i, new ArrayList<>());
        }
    }

    /** The next record of the log. */
    LogRecord next() {
        if (random.nextInt(25) == 0) {
            recover();
        }
        String task = "task_" + random.nextInt(TASKS);
        List<String> path = phases.computeIfAbsent(task, id -> new ArrayList<>());
        int kind = path.isEmpty() ? 0 : random.nextInt(5);
        LogRecord record = switch (kind) {
            case 0, 1 -> step(task, path);
            case 2 -> records.log(task, USER, path.size(), path.get(path.size() - 1), "line");
            case 3 -> records.tick(task, USER, path.size(), path.get(path.size() - 1), random.nextFloat());
            default -> records.tick(task, USER, random.nextInt(6), "p2", random.nextFloat());
        };
        if (kind == 2 && !ended(path.get(path.size() - 1)) && lastShown(task) == path.size()) {
            expected.add(record.place().text());
        }
        log.add(record);
        return record;
    }

    /** The job falls back to an earlier state of every task and goes on in a higher epoch, on the same path or another. */
    private void recover() {
        epoch++;
        for (List<String> path : phases.values()) {
            int keep = Math.max(0, path.size() - random.nextInt(4));
            path.subList(keep, path.size()).clear();
        }
    }

    private LogRecord step(String task, List<String> path) {
        if (!path.isEmpty() && ended(path.get(path.size() - 1))) {
            // Ended tasks say nothing more: the record is one of an old incarnation.
            return records.step(task, USER, 0, path.size() + 1, "processing", "late");
        }
        int number = path.size() + 1;
        boolean last = number > 3 && random.nextInt(4) == 0;
        String phase = last ? "completed" : "p" + number + (random.nextInt(6) == 0 ? "x" : "");
        path.add(phase);
        LogRecord record = records.step(task, USER, epoch, number, last ? "completed" : "processing", phase);
        TreeMap<Integer, String> known = shown.computeIfAbsent(task, id -> new TreeMap<>());
        if (!phase.equals(known.get(number))) {
            known.tailMap(number, true).clear();
            known.put(number, phase);
            expected.add(record.place().text());
        }
        return record;
    }

    private int lastShown(String task) {
        TreeMap<Integer, String> known = shown.get(task);
        return known == null ? 0 : known.lastKey();
    }

    private static boolean ended(String phase) {
        return phase.equals("completed");
    }

    Random random() {
        return random;
    }

    List<LogRecord> log() {
        return log;
    }

    /** Places of the durable events that shall be shown, {@code done} left out. */
    List<String> expected() {
        return expected;
    }
}
