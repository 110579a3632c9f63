package io.millrace.edge.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class SocketTest {
    @Test
    void clientsMayEncodeAnyCharacterOfTheQuery() {
        URI uri = URI.create("ws://127.0.0.1/ws?task_id=task%5F01&since=AAAA%2Edone2&flag&empty=");

        assertThat(Socket.query(uri).toSingleValueMap())
                .containsEntry("task_id", "task_01")
                .containsEntry("since", "AAAA.done2")
                .containsEntry("empty", "")
                .doesNotContainKey("flag");
    }
}
