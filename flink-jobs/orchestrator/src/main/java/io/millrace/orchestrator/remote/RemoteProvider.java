package io.millrace.orchestrator.remote;

import io.millrace.orchestrator.config.InferenceSettings;
import org.apache.flink.statefun.flink.core.common.ManagingResources;
import org.apache.flink.statefun.flink.core.reqreply.RequestReplyFunction;
import org.apache.flink.statefun.flink.datastream.SerializableStatefulFunctionProvider;
import org.apache.flink.statefun.sdk.FunctionType;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.jspecify.annotations.Nullable;

/** The remote functions of one subtask. They share one endpoint: register the same provider for every function. */
public final class RemoteProvider implements SerializableStatefulFunctionProvider, ManagingResources {
    private static final long serialVersionUID = 1L;
    /** A batcher never has two calls under way at one address, so a queue behind an address means a defect. */
    private static final int MAX_QUEUED = 1000;

    private final InferenceSettings settings;
    private transient @Nullable HttpEndpoint endpoint;

    public RemoteProvider(InferenceSettings settings) {
        this.settings = settings;
    }

    @Override
    public synchronized StatefulFunction functionOfType(FunctionType type) {
        if (endpoint == null) {
            endpoint = HttpEndpoint.open(settings);
        }
        return new RequestReplyFunction(type, MAX_QUEUED, new OneAttemptClient(endpoint, System::currentTimeMillis));
    }

    @Override
    public synchronized void shutdown() {
        if (endpoint != null) {
            endpoint.close();
            endpoint = null;
        }
    }
}
