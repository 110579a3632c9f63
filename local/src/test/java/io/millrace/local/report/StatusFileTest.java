package io.millrace.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
    private static final RoomReport BROKER =
            new RoomReport(Room.BROKER, RoomState.READY, 42, List.of(7402, 7403), 1, 1000, "/logs/broker.log", "");
    private static final StackReport STACK =
            new StackReport(StackState.READY, "", 7, 7400, 900, 31_000, 2000, List.of(BROKER));

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        StatusFile file = new StatusFile(folder.resolve("status.json"));
        file.write(STACK);

        assertThat(file.read()).contains(STACK);
    }

    @Test
    void othersReadSnakeCase() throws IOException {
        JsonNode json = new ObjectMapper().readTree(StatusFile.text(STACK));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "state",
                        "message",
                        "supervisor",
                        "port_base",
                        "started_at",
                        "ready_after_ms",
                        "updated_at",
                        "rooms");
        assertThat(json.path("rooms").path(0).fieldNames())
                .toIterable()
                .containsExactly("room", "state", "pid", "ports", "restarts", "started_at", "log", "message");
    }

    @Test
    void aTornFileIsNoReport() throws IOException {
        Path path = Files.writeString(folder.resolve("status.json"), "{\"state\":");

        assertThat(new StatusFile(path).read()).isEmpty();
    }

    @Test
    void aStackIsWhatItsWorstRoomIs() {
        assertThat(StackState.of(List.of(RoomState.READY, RoomState.READY), false))
                .isEqualTo(StackState.READY);
        assertThat(StackState.of(List.of(RoomState.READY, RoomState.WAITING), false))
                .isEqualTo(StackState.STARTING);
        assertThat(StackState.of(List.of(RoomState.READY, RoomState.RESTARTING), true))
                .isEqualTo(StackState.DEGRADED);
        assertThat(StackState.of(List.of(RoomState.FAILED, RoomState.READY), true))
                .isEqualTo(StackState.FAILED);
    }
}
