package io.millrace.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.Room;
import io.millrace.local.UserError;
import io.millrace.local.home.PortPlan;
import io.millrace.local.process.PortOwner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    @Test
    void aFullDiskIsNamedWithItsRemedy(@TempDir Path folder) throws IOException {
        Preflight.checkDisk(folder, 1);

        assertThatThrownBy(() -> Preflight.checkDisk(folder, Long.MAX_VALUE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("MB are free at " + folder)
                .hasMessageContaining("MILLRACE_HOME");
    }

    @Test
    void aTakenPortIsNamedWithItsOwnerAndRemedy() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortPlan.Port port = new PortPlan.Port(socket.getLocalPort(), "MySQL", Room.DATABASE);

            assertThatThrownBy(() -> Preflight.checkPort(port))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("Port " + socket.getLocalPort() + " (MySQL) is in use by process "
                            + ProcessHandle.current().pid())
                    .hasMessageContaining("MILLRACE_PORT_BASE");
        }
    }

    @Test
    void nobodyOwnsAFreePort() {
        assertThat(PortOwner.describe(PortPlan.free().edge())).isEmpty();
    }
}
