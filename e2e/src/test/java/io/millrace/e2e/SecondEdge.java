package io.millrace.e2e;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.home.PortPlan;
import io.millrace.local.process.Launch;
import io.millrace.local.room.RoomLaunches;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** An edge beside the stack's own, on the same broker, database and artifacts; nobody starts it again when it dies. */
final class SecondEdge implements AutoCloseable {
    private final Process process;
    private final PortPlan ports;

    private SecondEdge(Process process, PortPlan ports) {
        this.process = process;
        this.ports = ports;
    }

    /** Starts it and waits until it is healthy. */
    static SecondEdge start(LocalStack stack, StackOptions options) throws IOException {
        PortPlan ports = PortPlan.free();
        StackOptions other = options.with(Room.EDGE, "MILLRACE_EDGE_PORT", Integer.toString(ports.edge()))
                .with(Room.EDGE, "MILLRACE_RSOCKET_PORT", Integer.toString(ports.rsocket()))
                .with(Room.EDGE, "MILLRACE_EDGE_ID", "edge-2");
        Launch launch = new RoomLaunches(stack.setup(), other).launch(Room.EDGE);
        Path log = launch.log().resolveSibling("edge-2.log");
        SecondEdge edge = new SecondEdge(new Launch(launch.command(), launch.environment(), log).start(), ports);
        try {
            Awaitility.await("second edge")
                    .atMost(Stack.READY)
                    .ignoreExceptions()
                    .until(edge::healthy);
        } catch (RuntimeException | Error never) {
            edge.close();
            throw never;
        }
        return edge;
    }

    String url() {
        return "http://127.0.0.1:" + ports.edge();
    }

    int rsocketPort() {
        return ports.rsocket();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the second edge cannot be killed");
        }
    }

    private boolean healthy() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("the second edge has ended with " + process.exitValue());
        }
        HttpRequest question = HttpRequest.newBuilder(URI.create(url() + "/actuator/health"))
                .timeout(Duration.ofSeconds(3))
                .build();
        return HttpClient.newHttpClient()
                        .send(question, HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
