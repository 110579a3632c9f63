package io.millrace.edge.limit;

import io.millrace.edge.access.Caller;
import io.millrace.edge.problem.Problem;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Counts requests of users. Kept in memory: each edge counts what it sees. */
@Component
public final class Limits {
    private static final int MANY = 20_000;

    private record Key(String userId, Limit limit) {}

    private final LimitSettings settings;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<Key, Bucket> buckets = new ConcurrentHashMap<>();

    @Autowired
    Limits(LimitSettings settings) {
        this(settings, System::nanoTime);
    }

    Limits(LimitSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    /** Takes one from what the caller has left. @throws Problem 429 with Retry-After when nothing is left */
    public void require(Caller caller, Limit limit) {
        if (caller.role() == Caller.Role.USER) {
            require(caller.userId(), limit);
        }
    }

    /** As {@link #require(Caller, Limit)} for whoever has this id. */
    public void require(String userId, Limit limit) {
        int perMinute = settings.perMinute(limit);
        if (perMinute == 0) {
            return;
        }
        long now = nanos.getAsLong();
        long[] wait = {0};
        buckets.compute(new Key(userId, limit), (key, held) -> take(held, perMinute, now, wait));
        if (buckets.size() > MANY) {
            buckets.entrySet().removeIf(entry -> {
                int most = settings.perMinute(entry.getKey().limit());
                return entry.getValue().at(now, most).isFull(most);
            });
        }
        if (wait[0] > 0) {
            throw Problem.tooMany(
                    "more than " + perMinute + " " + limit.noun() + " in a minute", Duration.ofSeconds(wait[0]));
        }
    }

    private static Bucket take(@Nullable Bucket held, int perMinute, long now, long[] wait) {
        Bucket bucket = held == null ? Bucket.full(perMinute, now) : held.at(now, perMinute);
        if (bucket.left() >= 1) {
            return bucket.less();
        }
        wait[0] = bucket.secondsToNext(perMinute);
        return bucket;
    }
}
