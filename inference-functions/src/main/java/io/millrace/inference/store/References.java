package io.millrace.inference.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.millrace.schemas.artifact.ArtifactRef;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** The artifacts a JSON value refers to: its strings of the form {@code sha256:HEX}. */
public final class References {
    private static final ObjectMapper JSON = new ObjectMapper();

    private References() {}

    public static Set<ArtifactRef> in(JsonNode value) {
        Set<ArtifactRef> found = new LinkedHashSet<>();
        Deque<JsonNode> rest = new ArrayDeque<>();
        rest.push(value);
        while (!rest.isEmpty()) {
            JsonNode node = rest.pop();
            if (node.isTextual() && ArtifactRef.isReference(node.textValue())) {
                found.add(ArtifactRef.parse(node.textValue()));
            }
            node.forEach(rest::push);
        }
        return found;
    }

    static Set<ArtifactRef> in(ByteString json) throws IOException {
        return in(JSON.readTree(json.newInput()));
    }
}
