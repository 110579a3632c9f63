package io.millrace.inference.crawl;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.data.Json;

/** What a list of a result may still hold: a task's result has 256 KiB, and one that is larger is lost with all its work. */
final class Room {
    private int left;

    /** @param bytes of JSON in all */
    Room(int bytes) {
        this.left = bytes;
    }

    /** Takes room for a part; false, and nothing taken, when there is not enough. */
    boolean take(JsonNode part) {
        int bytes = Json.bytes(part).length + 1;
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }
}
