package io.millrace.orchestrator.remote;

import io.millrace.orchestrator.config.InferenceSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.statefun.flink.core.common.ManagingResources;
import org.apache.flink.statefun.flink.core.reqreply.RequestReplyFunction;
import org.apache.flink.statefun.flink.datastream.SerializableStatefulFunctionProvider;
import org.apache.flink.statefun.sdk.FunctionType;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.jspecify.annotations.Nullable;

/** The remote functions of one subtask. Those at one address share its connections: register the same provider for every function. */
public final class RemoteProvider implements SerializableStatefulFunctionProvider, ManagingResources {
    private static final long serialVersionUID = 1L;
    /** A batcher never has two calls under way at one address, so a queue behind an address means a defect. */
    static final int MAX_QUEUED = 1000;

    private final InferenceSettings settings;
    private final Map<String, URI> addresses;
    private transient @Nullable Map<InferenceSettings, HttpEndpoint> endpoints;

    /** @param addresses of the functions that are not at the address of the settings */
    public RemoteProvider(InferenceSettings settings, Map<String, URI> addresses) {
        this.settings = settings;
        this.addresses = new HashMap<>(addresses);
    }

    @Override
    public synchronized StatefulFunction functionOfType(FunctionType type) {
        if (endpoints == null) {
            endpoints = new HashMap<>();
        }
        URI own = addresses.get(type.name());
        InferenceSettings target = own == null ? settings : settings.at(own, type.name());
        HttpEndpoint endpoint = endpoints.computeIfAbsent(target, HttpEndpoint::open);
        return new RequestReplyFunction(type, MAX_QUEUED, new OneAttemptClient(endpoint, System::currentTimeMillis));
    }

    @Override
    public synchronized void shutdown() {
        if (endpoints != null) {
            endpoints.values().forEach(HttpEndpoint::close);
            endpoints = null;
        }
    }
}
