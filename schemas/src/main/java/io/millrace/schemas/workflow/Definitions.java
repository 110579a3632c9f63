package io.millrace.schemas.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All workflows and lanes one installation knows, checked against each other. */
public final class Definitions {
    private static final String BASE = "/millrace/";
    private static final List<String> SHIPPED = List.of("poster");

    private final Map<String, Workflow> workflowsByName;
    private final Map<String, Lane> lanes;

    private Definitions(Collection<Workflow> workflows, Map<String, Lane> lanes) {
        Map<String, Workflow> byName = new LinkedHashMap<>();
        for (Workflow workflow : workflows) {
            if (!lanes.containsKey(workflow.lane())) {
                throw new IllegalArgumentException(
                        "workflow " + workflow.type() + ": lane names no lane: " + workflow.lane());
            }
            byName.put(workflow.type(), workflow);
            workflow.aliases().forEach(alias -> byName.put(alias, workflow));
        }
        this.workflowsByName = Map.copyOf(byName);
        this.lanes = Map.copyOf(lanes);
    }

    /** What ships with Millrace. */
    public static Definitions shipped() {
        List<Workflow> workflows = new ArrayList<>();
        for (String name : SHIPPED) {
            String file = "workflows/" + name + ".yaml";
            workflows.add(DefinitionReader.workflow(file, resource(file)));
        }
        return new Definitions(workflows, DefinitionReader.lanes("lanes.yaml", resource("lanes.yaml")));
    }

    /**
     * What ships, with the {@code lanes.yaml} and {@code workflows/*.yaml} of a folder added; a type or lane of the same name is replaced.
     *
     * @throws IllegalArgumentException when a definition is not sound, naming file and field
     */
    public static Definitions shippedAnd(Path folder) {
        Definitions shipped = shipped();
        Map<String, Workflow> workflows = new LinkedHashMap<>();
        shipped.workflows().forEach(workflow -> workflows.put(workflow.type(), workflow));
        Map<String, Lane> lanes = new LinkedHashMap<>(shipped.lanes);
        try {
            Path laneFile = folder.resolve("lanes.yaml");
            if (Files.exists(laneFile)) {
                lanes.putAll(DefinitionReader.lanes(laneFile.toString(), Files.readString(laneFile)));
            }
            Path workflowFolder = folder.resolve("workflows");
            if (Files.isDirectory(workflowFolder)) {
                try (Stream<Path> files = Files.list(workflowFolder)) {
                    for (Path file : files.filter(name -> name.toString().endsWith(".yaml"))
                            .sorted()
                            .toList()) {
                        Workflow workflow = DefinitionReader.workflow(file.toString(), Files.readString(file));
                        workflows.put(workflow.type(), workflow);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read definitions in " + folder + ": " + e.getMessage(), e);
        }
        return new Definitions(workflows.values(), lanes);
    }

    /** By canonical name or alias. */
    public Optional<Workflow> workflow(String typeOrAlias) {
        return Optional.ofNullable(workflowsByName.get(typeOrAlias));
    }

    /** Every workflow once. */
    public List<Workflow> workflows() {
        return workflowsByName.values().stream().distinct().toList();
    }

    /** The lane of a workflow. */
    public Lane lane(String name) {
        Lane lane = lanes.get(name);
        if (lane == null) {
            throw new IllegalArgumentException("no lane is named " + name);
        }
        return lane;
    }

    private static String resource(String name) {
        try (InputStream in = Definitions.class.getResourceAsStream(BASE + name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + BASE + name);
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + BASE + name, e);
        }
    }
}
