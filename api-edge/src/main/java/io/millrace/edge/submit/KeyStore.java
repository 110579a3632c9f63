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

    /** Remembers the entry unless the key is known; either way the one that counts comes back. Fails while the database is down. */
    Mono<Entry> remember(String userId, String key, Entry entry);
}
