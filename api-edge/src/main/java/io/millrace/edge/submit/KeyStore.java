package io.millrace.edge.submit;

import reactor.core.publisher.Mono;

/** Which Idempotency-Key made which task. */
interface KeyStore {
    /**
     * What a key stands for.
     *
     * @param bodyHash hash of the body it came with
     */
    record Entry(String bodyHash, String taskId) {}

    /**
     * The entry that counts.
     *
     * @param earlier whether it was there before
     */
    record Kept(Entry entry, boolean earlier) {}

    /** Remembers the entry unless the key is known; either way the one that counts comes back. Fails while the database is down. */
    Mono<Kept> remember(String userId, String key, Entry entry);
}
