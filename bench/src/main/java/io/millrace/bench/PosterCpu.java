package io.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.registry.Models;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.artifact.FolderArtifactStore;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Phase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Processor time of posters of 1080 x 1920 by phase, functions called one after the other in one thread as a worker calls them, with the
 * models that ship. Processor time hardly changes with what else the machine does; the first posters, which load and compile, are left
 * out. No stack is needed; refining is left out, so a poster that would be refined costs more.
 */
public final class PosterCpu {
    private static final int WARM = 3;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PROMPTS = List.of(
            "创建一个蓝色商务风格的招聘海报，包含公司logo和职位信息",
            "Retro jazz night poster, June 21 at 8 pm, tickets $18",
            "中秋节促销，月饼礼盒 ¥168，中国风",
            "Minimalist poster for a yoga class, Saturday 9 am",
            "科技感人工智能峰会海报，3月18日 09:00，地址：深圳会展中心",
            "Elegant black and gold poster for a new perfume",
            "可爱卡通的六一儿童节海报，活动时间6月1日 10:00",
            "Tech startup hiring: backend engineer, send CV to jobs@acme.io");

    private final Map<String, PhaseFunction> functions = new HashMap<>();
    private final Map<String, List<Long>> phases = new LinkedHashMap<>();
    private final List<Long> threads = new ArrayList<>();
    private final List<Long> processes = new ArrayList<>();
    private final Path folder;
    private final Models models;
    private final Context context;

    private PosterCpu(Path folder) throws IOException {
        this.folder = folder;
        models = Models.open(folder.resolve("models"), "cpu");
        context = new Context(new FolderArtifactStore(folder));
    }

    /** @param args how many posters are measured; 16 when not given */
    public static void main(String[] args) throws Exception {
        // As the inference process is started: what runs in parallel are its workers.
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.offline", "true");
        int count = args.length == 0 ? 16 : Integer.parseInt(args[0]);
        Path folder = Files.createTempDirectory("poster-cpu");
        PosterCpu bench = new PosterCpu(folder);
        try {
            for (int i = -WARM; i < count; i++) {
                bench.poster(PROMPTS.get(Math.floorMod(i, PROMPTS.size())), i + WARM, i >= 0);
            }
            bench.print();
        } finally {
            bench.close();
        }
    }

    private void poster(String prompt, int seed, boolean counted) throws Exception {
        ObjectNode params = JSON.createObjectNode().put("prompt", prompt).put("seed", seed);
        params.putObject("size").put("width", 1080).put("height", 1920);
        Map<String, JsonNode> results = new HashMap<>();
        long thread = threadNanos();
        long process = processNanos();
        for (Phase phase :
                Definitions.shipped().workflow("poster").orElseThrow().phases()) {
            if (phase.flow().repeat() != null) {
                continue;
            }
            PhaseFunction function = function(Objects.requireNonNull(phase.function()));
            long start = threadNanos();
            PhaseOutput output = function.compute(new PhaseInput(params, results, 0), context);
            if (counted) {
                phases.computeIfAbsent(phase.name(), name -> new ArrayList<>()).add(threadNanos() - start);
            }
            results.put(phase.name(), output.output());
        }
        if (counted) {
            threads.add(threadNanos() - thread);
            processes.add(processNanos() - process);
        }
    }

    private PhaseFunction function(String name) throws Exception {
        PhaseFunction known = functions.get(name);
        if (known != null) {
            return known;
        }
        for (FunctionFactory factory : ServiceLoader.load(FunctionFactory.class)) {
            if (factory.name().equals(name)) {
                PhaseFunction loaded = factory.load(models);
                functions.put(name, loaded);
                return loaded;
            }
        }
        throw new IllegalStateException("no function " + name + ": build inference-functions first");
    }

    private void print() {
        System.out.printf("%-24s %8s %8s %8s%n", "CPU ms a poster", "median", "mean", "most");
        phases.forEach(PosterCpu::row);
        row("all, in its thread", threads);
        row("all, of the process", processes);
    }

    private static void row(String name, List<Long> nanos) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        double mean = nanos.stream().mapToLong(Long::longValue).average().orElse(0);
        System.out.printf(
                "%-24s %8.0f %8.0f %8.0f%n",
                name, sorted.get(sorted.size() / 2) / 1e6, mean / 1e6, sorted.get(sorted.size() - 1) / 1e6);
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long processNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private void close() throws IOException {
        functions.values().forEach(PhaseFunction::close);
        models.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A task nobody follows. */
    private record Context(ArtifactStore artifacts) implements PhaseContext {
        @Override
        public String taskId() {
            return "task_018f0000-0000-7000-8000-000000000001";
        }

        @Override
        public String userId() {
            return "bench";
        }

        @Override
        public void tick(double fraction, String message) {}

        @Override
        public void log(String level, String message) {}

        @Override
        public void checkWanted() {}
    }
}
