package io.millrace.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.Room;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortPlanTest {
    @Test
    void portsCountUpFromTheBase() {
        PortPlan plan = new PortPlan(PortPlan.DEFAULT_BASE);

        assertThat(plan.all())
                .extracting(PortPlan.Port::number)
                .containsExactly(7400, 7401, 7402, 7403, 7404, 7405, 7406, 7407, 7408);
        assertThat(plan.of(Room.JOBMANAGER)).containsExactly(7406, 7407, 7408);
        assertThat(plan.of(Room.TASKMANAGER)).isEmpty();
    }

    @Test
    void aBaseThatLeavesNoRoomIsRefused() {
        assertThatThrownBy(() -> new PortPlan(80))
                .hasMessageContaining("MILLRACE_PORT_BASE must be from 1024 to 65500");
        assertThatThrownBy(() -> new PortPlan(65_530)).hasMessageContaining("not 65530");
    }

    @Test
    void aListenedPortIsTakenAndAFreePlanAvoidsIt() throws IOException {
        PortPlan first = PortPlan.free();
        try (ServerSocket socket = new ServerSocket(first.mysql(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortPlan.isTaken(socket.getLocalPort())).isTrue();
            assertThat(PortPlan.free().all()).extracting(PortPlan.Port::number).doesNotContain(socket.getLocalPort());
        }
        assertThat(PortPlan.isTaken(first.mysql())).isFalse();
    }
}
