package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.client.Attachments;
import io.millrace.local.home.CodeBase;
import io.millrace.local.home.PortPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three hundred mixed tasks on the real models: the inference process neither grows nor keeps files open. */
@Tag("nightly")
class SoakIT {
    private static final int TASKS = 300;
    /** After these, every model and every code path has been used, the compilers are done, and the heap has found its size. */
    private static final int WARM_UP = 150;
    /** Bounds what waits, so that the memory seen is that of the work and not of a queue. */
    private static final int OUTSTANDING = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String USER = "sophie";

    @Test
    void memoryAndHandlesStayFlat() throws Exception {
        Path home = Path.of("target", "stacks", UUID.randomUUID().toString());
        LocalStack stack = LocalStack.start(home, PortPlan.free().base(), StackOptions.standard());
        try {
            stack.awaitReady(Stack.READY);
            EdgeClient sophie = new EdgeClient(stack, USER);
            Tables tables = new Tables(stack);
            List<String> kinds = kinds(sophie);
            List<Use> seen = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                sophie.submit(kinds.get(i % kinds.size()).replace("\"SEED\"", Integer.toString(i)));
                awaitEnded(tables, i + 1 - OUTSTANDING);
                if (i >= WARM_UP && i % OUTSTANDING == 0) {
                    seen.add(Use.of(stack.pid(Room.INFERENCE)));
                }
            }
            awaitEnded(tables, TASKS);
            seen.add(Use.of(stack.pid(Room.INFERENCE)));

            assertThat(tables.endedOtherwiseThan("completed", USER)).isZero();
            int half = seen.size() / 2;
            Use before = Use.most(seen.subList(0, half));
            Use after = Use.most(seen.subList(half, seen.size()));
            System.out.printf(
                    "inference over %d tasks after %d: %s, then %s%n", TASKS - WARM_UP, WARM_UP, before, after);
            assertThat(after.residentBytes()).isLessThan(before.residentBytes() * 110 / 100);
            assertThat(after.handles()).isLessThan(before.handles() + 8);
            assertThat(after.threads()).isLessThan(before.threads() + 8);
        } finally {
            stack.stop();
        }
    }

    /** What a process holds. */
    private record Use(long residentBytes, int handles, int threads) {
        static Use of(long pid) throws IOException {
            Path proc = Path.of("/proc", Long.toString(pid));
            return new Use(status(proc, "VmRSS:") * 1024, entries(proc.resolve("fd")), entries(proc.resolve("task")));
        }

        static Use most(List<Use> uses) {
            return new Use(
                    uses.stream().mapToLong(Use::residentBytes).max().orElseThrow(),
                    uses.stream().mapToInt(Use::handles).max().orElseThrow(),
                    uses.stream().mapToInt(Use::threads).max().orElseThrow());
        }

        private static long status(Path proc, String field) throws IOException {
            return Files.readAllLines(proc.resolve("status")).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }

        private static int entries(Path folder) throws IOException {
            try (Stream<Path> entries = Files.list(folder)) {
                return (int) entries.count();
            }
        }
    }

    /** The samples, and small posters of every style between them. A seed makes each task another, so that no result is taken over. */
    private static List<String> kinds(EdgeClient sophie) throws Exception {
        Path samples = CodeBase.find().root().resolve("samples");
        List<String> kinds = new ArrayList<>();
        for (String style : List.of("business", "cartoon", "minimalist", "tech", "elegant", "retro", "chinese")) {
            kinds.add("{\"prompt\":\"Spring sale, 30 % off\",\"style\":\"" + style
                    + "\",\"size\":{\"width\":540,\"height\":960},\"seed\":\"SEED\"}");
        }
        for (String name : List.of("roadmap", "cover_image", "generate")) {
            String sample = Files.readString(samples.resolve(name + ".json"));
            kinds.add(sample.replaceAll("\"seed\": \\d+", "\"seed\": \"SEED\""));
        }
        for (String name : List.of("classify", "tag", "white_background", "train")) {
            kinds.add(new Attachments(samples, sophie::upload)
                    .attached(Files.readString(samples.resolve(name + ".json"))));
        }
        return kinds;
    }

    private static void awaitEnded(Tables tables, int number) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> tables.ended(USER) >= number);
    }
}
