package io.millrace.orchestrator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.config.JobSettings;
import io.millrace.orchestrator.config.OrchestratorConfig;
import io.millrace.orchestrator.egress.EpochStamp;
import io.millrace.orchestrator.egress.KafkaSinks;
import io.millrace.orchestrator.function.StateNames;
import io.millrace.orchestrator.function.WaysOut;
import io.millrace.orchestrator.remote.RemoteWire;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.RejectedRecord;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TombstoneMessage;
import io.millrace.schemas.workflow.Definitions;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.statefun.sdk.io.EgressIdentifier;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/**
 * Names that savepoints and other rooms hold. Whoever changes one makes the state of a running installation unreadable: change
 * {@code pinned-names.txt} only together with a way to bring that state along.
 */
class PinnedNamesTest {
    @Test
    void nothingThatASavepointHoldsHasChangedItsName() throws Exception {
        List<String> names = new ArrayList<>(StateNames.all());
        for (String function : Pipeline.functions(Definitions.shipped())) {
            names.add("function " + RemoteWire.NAMESPACE + "/" + function);
        }
        names.addAll(StateNames.ids());
        for (Class<?> message : List.of(
                TaskMessage.class,
                TombstoneMessage.class,
                LaneMessage.class,
                BatchMessage.class,
                CampaignMessage.class,
                RejectedRecord.class)) {
            names.add("message " + message.getName());
        }
        names.add("typed " + RemoteWire.BATCH_REQUEST);
        names.add("typed " + RemoteWire.BATCH_REPLY);
        for (EgressIdentifier<?> egress : List.of(WaysOut.LIVE, WaysOut.COMMITTED)) {
            names.add("egress " + egress.namespace() + "/" + egress.name() + " "
                    + egress.consumedType().getName());
        }
        StreamGraph graph = graph();
        for (StreamNode node : graph.getStreamNodes()) {
            names.add("operator " + node.getTransformationUID() + " " + node.getOperatorName());
        }
        names.add("operator-state epoch " + EpochStamp.STATE);
        names.add("max-parallelism " + JobSettings.MAX_PARALLELISM);
        names.add("transactional-id-prefix " + KafkaSinks.TRANSACTIONAL_ID_PREFIX);

        assertThat(names).containsExactlyInAnyOrderElementsOf(pinned());
    }

    @Test
    void theJobRunsAsTheFunctionsNeedIt() {
        StreamGraph graph = graph();

        assertThat(graph.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isFalse();
        assertThat(graph.getCheckpointConfig().getCheckpointInterval()).isEqualTo(1000);
        assertThat(graph.getCheckpointConfig()
                        .getExternalizedCheckpointRetention()
                        .deleteOnCancellation())
                .isFalse();
        assertThat(graph.getJobGraph().getVertices())
                .allMatch(vertex -> vertex.getMaxParallelism() == JobSettings.MAX_PARALLELISM);
        assertThat(graph.getExecutionConfig().isObjectReuseEnabled()).isTrue();
    }

    private static StreamGraph graph() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        String[] args = {
            "--kafka=127.0.0.1:1", "--inference-url=http://127.0.0.1:1/functions", "--inference-token=token"
        };
        OrchestratorJob.build(env, OrchestratorConfig.of(args, Map.of()));
        return env.getStreamGraph(false);
    }

    private static List<String> pinned() throws Exception {
        try (InputStream in = PinnedNamesTest.class.getResourceAsStream("/pinned-names.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
