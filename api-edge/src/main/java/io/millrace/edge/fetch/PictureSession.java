package io.millrace.edge.fetch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one request has found out about pictures.
 *
 * @param userId who must be allowed to use them, and who gets what is fetched
 * @param known text in which references stand that may be used without asking
 * @param resolved references by what was sent for them
 * @param fetches pictures fetched so far
 */
public record PictureSession(String userId, String known, Map<String, String> resolved, AtomicInteger fetches) {
    public PictureSession(String userId, String known) {
        this(userId, known, new ConcurrentHashMap<>(), new AtomicInteger());
    }
}
