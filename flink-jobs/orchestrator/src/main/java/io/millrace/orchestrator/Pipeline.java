package io.millrace.orchestrator;

import io.millrace.orchestrator.config.InferenceSettings;
import io.millrace.orchestrator.config.OrchestratorConfig;
import io.millrace.orchestrator.egress.EpochStamp;
import io.millrace.orchestrator.function.Addresses;
import io.millrace.orchestrator.function.EngineProvider;
import io.millrace.orchestrator.function.WaysOut;
import io.millrace.orchestrator.ingress.CommandRouter;
import io.millrace.orchestrator.ingress.ReceivedRecord;
import io.millrace.orchestrator.remote.RemoteProvider;
import io.millrace.orchestrator.remote.RemoteWire;
import io.millrace.orchestrator.remote.UndefinedFunctions;
import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.LiveRecord;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.FunctionEndpoint;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.statefun.flink.core.StatefulFunctionsConfig;
import org.apache.flink.statefun.flink.core.message.RoutableMessage;
import org.apache.flink.statefun.flink.datastream.StatefulFunctionDataStreamBuilder;
import org.apache.flink.statefun.flink.datastream.StatefulFunctionEgressStreams;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job between its ends: what the functions say, for whatever source and sinks.
 *
 * @param live to be sent at least once, at once
 * @param committed to be sent exactly once
 */
record Pipeline(DataStream<LiveRecord> live, DataStream<CommittedRecord> committed) {
    /** Calls of one subtask before it takes no more input; batchers stay far below it. */
    private static final int MAX_CALLS = 1024;

    /** @param rows commands that come by the ten thousand: an input of its own, so that no single command waits behind them */
    static Pipeline of(
            StreamExecutionEnvironment env,
            OrchestratorConfig config,
            DataStream<ReceivedRecord> commands,
            DataStream<ReceivedRecord> rows) {
        InferenceSettings inference = config.inference();
        EngineProvider engine = new EngineProvider(
                config.definitions(),
                config.job(),
                inference.batchSlots(),
                config.checkpoints().backend());
        RemoteProvider remote = new RemoteProvider(inference, addresses(engine.definitions()));
        StatefulFunctionDataStreamBuilder builder = StatefulFunctionDataStreamBuilder.builder("orchestrator")
                .withDataStreamAsIngress(routed(commands, "route"))
                .withDataStreamAsIngress(routed(rows, "route-campaign-rows"))
                .withFunctionProvider(Addresses.TASK, engine)
                .withFunctionProvider(Addresses.TOMBSTONES, engine)
                .withFunctionProvider(Addresses.LANE, engine)
                .withFunctionProvider(Addresses.BATCH, engine)
                .withFunctionProvider(Addresses.CAMPAIGN, engine)
                .withFunctionProvider(Addresses.REJECTION, engine)
                .withEgressId(WaysOut.LIVE)
                .withEgressId(WaysOut.COMMITTED)
                .withConfiguration(stateFun(env));
        for (String function : functions(engine.definitions())) {
            builder.withFunctionProvider(RemoteWire.function(function), remote);
        }
        StatefulFunctionEgressStreams out = builder.build(env);
        DataStream<LiveRecord> live = out.getDataStreamForEgressId(WaysOut.LIVE)
                .map(new EpochStamp())
                .name("epoch")
                .uid("epoch");
        return new Pipeline(live, out.getDataStreamForEgressId(WaysOut.COMMITTED));
    }

    /** Every remote function that a workflow may call. */
    static Set<String> functions(Definitions definitions) {
        Set<String> functions = new TreeSet<>();
        definitions.functions().forEach(function -> functions.add(function.name()));
        return functions;
    }

    /** Of the functions that are not at the one inference address. */
    private static Map<String, URI> addresses(Definitions definitions) {
        Map<String, URI> addresses = new HashMap<>();
        for (FunctionEndpoint function : definitions.functions()) {
            if (function.url() != null) {
                addresses.put(function.name(), function.url());
            }
        }
        return addresses;
    }

    private static DataStream<RoutableMessage> routed(DataStream<ReceivedRecord> received, String uid) {
        return received.map(new CommandRouter())
                .returns(TypeInformation.of(RoutableMessage.class))
                .name(uid)
                .uid(uid);
    }

    private static StatefulFunctionsConfig stateFun(StreamExecutionEnvironment env) {
        StatefulFunctionsConfig config = StatefulFunctionsConfig.fromEnvironment(env);
        config.setMaxAsyncOperationsPerTask(MAX_CALLS);
        config.setNamespaceProvider(RemoteWire.NAMESPACE, new UndefinedFunctions());
        return config;
    }
}
