package io.millrace.bench;

import io.millrace.local.LocalStack;
import io.millrace.local.client.EdgeClient;
import io.millrace.local.client.ProgressStream;
import io.millrace.local.client.TaskEvent;
import io.millrace.local.home.PortPlan;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Time from a state change in the orchestrator to the RSocket client, one task at a time on an otherwise idle stack: the moment
 * of the decision is in the event, the clock is the same machine's. Resolution 1 ms. Needs {@code ./millrace up}.
 */
public final class LiveLatency {
    private static final int EVENTS = 200;
    private static final int WARM_UP_TASKS = 5;
    private static final String TASK =
            "{\"prompt\":\"Summer sale, 50%% off\",\"size\":{\"width\":320,\"height\":480},\"seed\":%d}";

    private LiveLatency() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        LocalStack stack = LocalStack.at(
                Path.of(environment.getOrDefault("MILLRACE_HOME", ".millrace")),
                Integer.parseInt(
                        environment.getOrDefault("MILLRACE_PORT_BASE", Integer.toString(PortPlan.DEFAULT_BASE))));
        StackSetup setup = stack.setup();
        String token = stack.token("bench", "user");
        EdgeClient edge = new EdgeClient(setup.edgeUrl(), token);
        ProgressStream stream = new ProgressStream("127.0.0.1", setup.ports().rsocket(), token);
        for (int i = 0; i < WARM_UP_TASKS; i++) {
            watch(edge, stream, i);
        }
        List<Long> millis = new ArrayList<>();
        for (int i = WARM_UP_TASKS; millis.size() < EVENTS; i++) {
            millis.addAll(watch(edge, stream, i));
        }
        Collections.sort(millis);
        System.out.printf(
                "orchestrator to RSocket client, %d events: p50 %d ms, p90 %d ms, p99 %d ms, max %d ms%n",
                millis.size(), at(millis, 0.5), at(millis, 0.9), at(millis, 0.99), millis.get(millis.size() - 1));
    }

    /** Delays of the steps of one task, the snapshot that precedes them left out. */
    private static List<Long> watch(EdgeClient edge, ProgressStream stream, int seed)
            throws IOException, InterruptedException {
        List<Long> delays = new ArrayList<>();
        stream.follow(edge.submit(String.format(TASK, seed)), event -> {
            if (isStep(event)) {
                delays.add(System.currentTimeMillis() - event.timeMillis());
            }
        });
        return delays;
    }

    private static boolean isStep(TaskEvent event) {
        return !event.tick()
                && (event.event().equals("progress") || event.event().equals("complete"));
    }

    private static long at(List<Long> sorted, double quantile) {
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * quantile)));
    }
}
