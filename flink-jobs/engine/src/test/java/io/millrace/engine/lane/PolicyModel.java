package io.millrace.engine.lane;

import io.millrace.schemas.workflow.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The policy of a lane as simply as it can be said, without pages, fronts or protobuf: what the machine is measured against. */
final class PolicyModel {
    final List<String> granted = new ArrayList<>();
    final Map<String, String> holders = new HashMap<>();
    int limit;

    private final Lane lane;
    /** Priorities in the order in which they began to wait; in each the circle of tenants. */
    private final Map<Integer, LinkedList<Tenant>> levels = new LinkedHashMap<>();

    private record Waiting(String task, long since) {}

    private static final class Tenant {
        final String name;
        final Deque<Waiting> waiting = new ArrayDeque<>();
        int credit;

        Tenant(String name) {
            this.name = name;
        }
    }

    PolicyModel(Lane lane) {
        this.lane = lane;
        this.limit = lane.concurrency();
    }

    void enqueue(String task, String user, int priority, long now) {
        LinkedList<Tenant> circle = levels.computeIfAbsent(priority, level -> new LinkedList<>());
        Tenant tenant = circle.stream()
                .filter(known -> known.name.equals(user))
                .findAny()
                .orElseGet(() -> {
                    circle.addLast(new Tenant(user));
                    return circle.getLast();
                });
        tenant.waiting.add(new Waiting(task, now));
        grant(now);
    }

    void release(String task, long now) {
        holders.remove(task);
        grant(now);
    }

    void grant(long now) {
        while (holders.size() < limit && grantOne(now)) {}
    }

    private boolean grantOne(long now) {
        Integer bestLevel = null;
        Tenant best = null;
        long bestRank = Long.MIN_VALUE;
        for (Map.Entry<Integer, LinkedList<Tenant>> level : levels.entrySet()) {
            List<Tenant> eligible = level.getValue().stream()
                    .filter(tenant -> held(tenant.name) < lane.cap(tenant.name))
                    .toList();
            if (eligible.isEmpty()) {
                continue;
            }
            Tenant next = eligible.get(0);
            long oldest = eligible.stream()
                    .mapToLong(tenant -> tenant.waiting.getFirst().since())
                    .min()
                    .orElseThrow();
            long rank = level.getKey() * 60_000L + now - oldest;
            if (rank > bestRank) {
                bestLevel = level.getKey();
                best = next;
                bestRank = rank;
            }
        }
        if (best == null || bestLevel == null) {
            return false;
        }
        serve(bestLevel, best);
        return true;
    }

    private void serve(int priority, Tenant tenant) {
        LinkedList<Tenant> circle = Objects.requireNonNull(levels.get(priority));
        String task = tenant.waiting.removeFirst().task();
        holders.put(task, tenant.name);
        granted.add(task);
        if (tenant.credit == 0) {
            tenant.credit = lane.weight(tenant.name);
        }
        tenant.credit--;
        if (tenant.waiting.isEmpty() || tenant.credit == 0) {
            circle.remove(tenant);
        }
        if (!tenant.waiting.isEmpty() && tenant.credit == 0) {
            circle.addLast(tenant);
        }
        if (circle.isEmpty()) {
            levels.remove(priority);
        }
    }

    private long held(String tenant) {
        return holders.values().stream().filter(tenant::equals).count();
    }
}
