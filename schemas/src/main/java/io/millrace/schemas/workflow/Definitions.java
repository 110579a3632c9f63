package io.millrace.schemas.workflow;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All workflows, lanes and functions one installation knows, checked against each other. */
public final class Definitions {
    private final TreeMap<String, TreeMap<Integer, Workflow>> versionsByType = new TreeMap<>();
    private final Map<String, Workflow> newestByName = new HashMap<>();
    private final Map<String, Lane> lanes;
    private final TreeMap<String, FunctionEndpoint> functions = new TreeMap<>();

    private Definitions(DefinitionFiles files) {
        this.lanes = Map.copyOf(files.lanes);
        for (DefinitionFiles.Sourced sourced : files.workflows.values()) {
            check(sourced, files);
            Workflow workflow = sourced.workflow();
            versionsByType
                    .computeIfAbsent(workflow.type(), type -> new TreeMap<>())
                    .put(workflow.version(), workflow);
        }
        versionsByType.forEach(
                (type, versions) -> newestByName.put(type, versions.lastEntry().getValue()));
        for (DefinitionFiles.Sourced sourced : files.workflows.values()) {
            alias(sourced);
        }
        files.functions.forEach((name, settings) -> functions.put(name, endpoint(name, settings)));
    }

    /** What ships with Millrace. */
    public static Definitions shipped() {
        return new Definitions(new DefinitionFiles().addShipped());
    }

    /**
     * What ships, with {@code lanes.yaml}, {@code functions.yaml} and {@code workflows/*.yaml} of a folder added. A lane, a function,
     * or a type and version that ships is replaced by the folder's.
     *
     * @throws IllegalArgumentException when a definition is not sound, naming file, line and field
     */
    public static Definitions shippedAnd(Path folder) {
        return new Definitions(new DefinitionFiles().addShipped().addFolder(folder));
    }

    /** The newest version, by canonical name or alias: what a new task begins with. */
    public Optional<Workflow> workflow(String typeOrAlias) {
        return Optional.ofNullable(newestByName.get(typeOrAlias));
    }

    /** The version a task began with, by canonical name. */
    public Optional<Workflow> workflow(String type, int version) {
        TreeMap<Integer, Workflow> versions = versionsByType.get(type);
        return versions == null ? Optional.empty() : Optional.ofNullable(versions.get(version));
    }

    /** Every version of every workflow, by type, oldest version first. */
    public List<Workflow> workflows() {
        List<Workflow> all = new ArrayList<>();
        versionsByType.values().forEach(versions -> all.addAll(versions.values()));
        return all;
    }

    /**
     * The lane of a workflow.
     *
     * @throws IllegalArgumentException when there is no such lane
     */
    public Lane lane(String name) {
        Lane lane = lanes.get(name);
        if (lane == null) {
            throw new IllegalArgumentException("no lane is named " + name);
        }
        return lane;
    }

    public boolean hasLane(String name) {
        return lanes.containsKey(name);
    }

    /** Every lane. */
    public Collection<Lane> lanes() {
        return lanes.values();
    }

    /** Every remote function that a workflow may call, by name. */
    public Collection<FunctionEndpoint> functions() {
        return List.copyOf(functions.values());
    }

    /**
     * How a remote function is called.
     *
     * @throws IllegalArgumentException when there is no such function
     */
    public FunctionEndpoint function(String name) {
        FunctionEndpoint function = functions.get(name);
        if (function == null) {
            throw new IllegalArgumentException("no function is named " + name);
        }
        return function;
    }

    private static void check(DefinitionFiles.Sourced sourced, DefinitionFiles files) {
        Workflow workflow = sourced.workflow();
        if (!files.lanes.containsKey(workflow.lane())) {
            throw sourced.source().complaint("lane", "names no lane of lanes.yaml: " + workflow.lane());
        }
        for (int i = 0; i < workflow.phases().size(); i++) {
            String function = workflow.phase(i).function();
            if (function != null && !files.functions.containsKey(function)) {
                throw sourced.source()
                        .complaint("phases[" + i + "].function", "names no function of functions.yaml: " + function);
            }
        }
    }

    private void alias(DefinitionFiles.Sourced sourced) {
        Workflow workflow = sourced.workflow();
        if (newestByName.get(workflow.type()) != workflow) {
            return;
        }
        for (String alias : workflow.aliases()) {
            Workflow other = newestByName.putIfAbsent(alias, workflow);
            if (other != null) {
                throw sourced.source().complaint("aliases", "names type " + other.type() + ", too: " + alias);
            }
        }
    }

    /** Where functions.yaml does not say: the smallest batch and the shortest wait of the phases that call it. */
    private FunctionEndpoint endpoint(String name, FunctionEndpoint.Settings settings) {
        int batch = 0;
        Duration maxWait = null;
        for (Workflow workflow : workflows()) {
            for (Phase phase : workflow.phases()) {
                if (name.equals(phase.function())) {
                    int items = phase.batch().maxItems();
                    batch = batch == 0 ? items : Math.min(batch, items);
                    Duration wait = phase.batch().maxWait();
                    maxWait = maxWait == null || wait.compareTo(maxWait) < 0 ? wait : maxWait;
                }
            }
        }
        Integer ownBatch = settings.batch();
        Integer slots = settings.slots();
        Duration ownWait = settings.maxWait();
        Duration wait = ownWait == null ? maxWait : ownWait;
        int asPhases = batch == 0 ? Phase.Batch.DEFAULT_MAX_ITEMS : batch;
        return new FunctionEndpoint(
                name,
                settings.url(),
                slots == null ? 0 : slots,
                ownBatch == null ? asPhases : ownBatch,
                wait == null ? Duration.ZERO : wait);
    }
}
