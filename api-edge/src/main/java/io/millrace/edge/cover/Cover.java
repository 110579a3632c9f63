package io.millrace.edge.cover;

import io.millrace.edge.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cover of a roadmap.
 *
 * @param status {@code none, generating, success, failed} or {@code uploaded}
 * @param url artifact reference or address; empty when there is none
 * @param attempt how often it was tried
 */
record Cover(String roadmapId, String userId, String taskId, String status, String url, String error, int attempt) {
    static Cover none(String roadmapId, String userId) {
        return new Cover(roadmapId, userId, "", "none", "", "", 0);
    }

    boolean wanting() {
        return status.equals("none") || status.equals("failed");
    }

    Cover is(String newStatus, String newTaskId, String newUrl) {
        return new Cover(roadmapId, userId, newTaskId, newStatus, newUrl, "", attempt);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("roadmap_id", roadmapId).put("status", status);
        json.put("url", url.isEmpty() ? null : url);
        if (!taskId.isEmpty()) {
            json.put("task_id", taskId);
        }
        if (!error.isEmpty()) {
            json.put("error", error);
        }
        return json.put("attempt", attempt);
    }
}
