package io.millrace.readmodel.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.fixture.Maria;
import io.millrace.readmodel.fixture.TaskTables;
import io.millrace.readmodel.store.DatabaseSettings;
import io.millrace.readmodel.store.TaskStore;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.topic.EventType;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A batch against a real server that takes packets of 1 MiB. */
class DeliveryIT {
    private static final int PACKET = 1 << 20;
    private static final int EVENTS = 40;

    private final Maria maria = Maria.shared();

    @Test
    void batchLargerThanAPacketIsStoredInParts() throws Exception {
        Delivery delivery = delivered("packets", events(60_000));

        assertThat(delivery.rejections()).isEmpty();
        assertThat(tasks("packets")).isEqualTo(EVENTS);
    }

    @Test
    void eventLargerThanAPacketIsRejectedAlone() throws Exception {
        List<ReceivedEvent> events = events(1_000);
        events.add(17, submitted(2 * PACKET));

        Delivery delivery = delivered("too_large", events);

        assertThat(delivery.rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.event()).isSameAs(events.get(17)));
        assertThat(tasks("too_large")).isEqualTo(EVENTS);
    }

    private Delivery delivered(String database, List<ReceivedEvent> events) throws Exception {
        maria.createDatabase(database);
        try (Connection connection = maria.connect(database)) {
            TaskTables.create(connection);
        }
        DatabaseSettings usual = maria.settings(database);
        DatabaseSettings small = new DatabaseSettings(
                usual.url() + "&maxAllowedPacket=" + PACKET,
                usual.user(),
                usual.password(),
                usual.connectTimeout(),
                usual.statementTimeout());
        Delivery delivery = new Delivery(events);
        try (TaskStore store = new TaskStore(small)) {
            delivery.store(store);
        }
        return delivery;
    }

    private long tasks(String database) throws Exception {
        try (Connection connection = maria.connect(database)) {
            return TaskTables.count(connection, "SELECT COUNT(*) FROM tasks");
        }
    }

    private static List<ReceivedEvent> events(int paramChars) {
        List<ReceivedEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(submitted(paramChars));
        }
        return events;
    }

    private static ReceivedEvent submitted(int paramChars) {
        long now = System.currentTimeMillis();
        ObjectNode data = new ObjectMapper()
                .createObjectNode()
                .put("task_id", TaskId.at(now).value())
                .put("user_id", "ann")
                .put("type", "poster")
                .put("version", 1)
                .put("attempt", 1)
                .put("step", 1)
                .put("status", "pending")
                .put("phase", "init")
                .put("progress", 0)
                .put("time", now)
                .put("created_at", now)
                .put("priority", 5)
                .put("workflow_version", 1);
        data.putObject("input_params").put("prompt", "x".repeat(paramChars));
        byte[] value = data.toString().getBytes(StandardCharsets.UTF_8);
        return new ReceivedEvent(EventType.SUBMITTED.wireName(), new byte[0], value, 0, 0);
    }
}
