package io.millrace.orchestrator.config;

import io.millrace.schemas.config.Options;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that the job can be told.
 *
 * @param definitions folder with workflows and lanes of this installation, readable by every task manager; null: what ships
 */
public record OrchestratorConfig(
        KafkaSettings kafka,
        InferenceSettings inference,
        CheckpointSettings checkpoints,
        JobSettings job,
        @Nullable Path definitions) {
    private static final Logger LOG = LoggerFactory.getLogger(OrchestratorConfig.class);

    /**
     * Reads {@code --some-name=value}; what is not given is taken from {@code MILLRACE_SOME_NAME}, then from the defaults.
     *
     * @throws IllegalArgumentException when an option is missing or out of range, naming it
     */
    public static OrchestratorConfig of(String[] args, Map<String, String> environment) {
        Options options = new Options(args, environment);
        OrchestratorConfig config = new OrchestratorConfig(
                KafkaSettings.of(options),
                InferenceSettings.of(options),
                CheckpointSettings.of(options),
                JobSettings.of(options),
                options.find("definitions").map(Path::of).orElse(null));
        // Jobs of one cluster share a command line, so an unknown name is not a fault.
        options.unused().forEach(name -> LOG.info("option={} used=false", name));
        return config;
    }
}
