package org.apache.flink.statefun.flink.core;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.statefun.flink.core.message.MessageFactoryKey;
import org.apache.flink.statefun.flink.core.message.MessageFactoryType;
import org.apache.flink.statefun.flink.datastream.SerializableStatefulFunctionProvider;
import org.apache.flink.statefun.sdk.FunctionTypeNamespaceMatcher;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;

/**
 * Stands in for StateFun 3.3's class of the same name and has to come before it on every class path.
 *
 * <p>The original's {@code getProvider} calls {@code InstantiationUtil.deserializeObject(byte[], ClassLoader, boolean)}, which
 * Flink has not had since 1.17: every task that runs functions would die with a {@code NoSuchMethodError}. This one has
 * the same methods and calls the variant with two arguments; options that only StateFun's own launcher reads are left out.
 * Added is {@link #setNamespaceProvider}.
 * It can go when StateFun is released against Flink 1.20.
 */
public final class StatefulFunctionsConfig implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final String MODULE_CONFIG_PREFIX = "statefun.module.global-config.";
    public static final ConfigOption<MessageFactoryType> USER_MESSAGE_SERIALIZER = ConfigOptions.key(
                    "statefun.message.serializer")
            .enumType(MessageFactoryType.class)
            .defaultValue(MessageFactoryType.WITH_PROTOBUF_PAYLOADS);
    public static final ConfigOption<String> USER_MESSAGE_CUSTOM_PAYLOAD_SERIALIZER_CLASS = ConfigOptions.key(
                    "statefun.message.custom-payload-serializer-class")
            .stringType()
            .noDefaultValue();
    public static final ConfigOption<String> FLINK_JOB_NAME =
            ConfigOptions.key("statefun.flink-job-name").stringType().defaultValue("StatefulFunctions");
    public static final ConfigOption<MemorySize> TOTAL_MEMORY_USED_FOR_FEEDBACK_CHECKPOINTING =
            ConfigOptions.key("statefun.feedback.memory.size").memoryType().defaultValue(MemorySize.ofMebiBytes(32));
    public static final ConfigOption<Integer> ASYNC_MAX_OPERATIONS_PER_TASK =
            ConfigOptions.key("statefun.async.max-per-task").intType().defaultValue(32 * 1024);
    public static final ConfigOption<String> REMOTE_MODULE_NAME =
            ConfigOptions.key("statefun.remote.module-name").stringType().defaultValue("classpath:module.yaml");
    public static final ConfigOption<Boolean> EMBEDDED =
            ConfigOptions.key("statefun.embedded").booleanType().defaultValue(false);

    private MessageFactoryType factoryType;
    private String customPayloadSerializerClassName;
    private String flinkJobName;
    private byte[] provider = new byte[0];
    private MemorySize feedbackBufferSize;
    private int maxAsyncOperationsPerTask;
    private String remoteModuleName;
    private boolean embedded;
    private final Map<String, String> globalConfigurations = new HashMap<>();
    private final HashMap<String, SerializableStatefulFunctionProvider> namespaces = new HashMap<>();

    private StatefulFunctionsConfig(Configuration configuration) {
        factoryType = configuration.get(USER_MESSAGE_SERIALIZER);
        customPayloadSerializerClassName = configuration.get(USER_MESSAGE_CUSTOM_PAYLOAD_SERIALIZER_CLASS);
        flinkJobName = configuration.get(FLINK_JOB_NAME);
        feedbackBufferSize = configuration.get(TOTAL_MEMORY_USED_FOR_FEEDBACK_CHECKPOINTING);
        maxAsyncOperationsPerTask = configuration.get(ASYNC_MAX_OPERATIONS_PER_TASK);
        remoteModuleName = configuration.get(REMOTE_MODULE_NAME);
        embedded = configuration.get(EMBEDDED);
        configuration.toMap().forEach((key, value) -> {
            if (key.startsWith(MODULE_CONFIG_PREFIX)) {
                globalConfigurations.put(key.substring(MODULE_CONFIG_PREFIX.length()), value);
            }
        });
    }

    public static StatefulFunctionsConfig fromEnvironment(StreamExecutionEnvironment env) {
        return new StatefulFunctionsConfig(
                Configuration.fromMap(env.getConfiguration().toMap()));
    }

    public static StatefulFunctionsConfig fromFlinkConfiguration(Configuration flinkConfiguration) {
        return new StatefulFunctionsConfig(flinkConfiguration);
    }

    public MessageFactoryType getFactoryType() {
        return factoryType;
    }

    public void setFactoryType(MessageFactoryType factoryType) {
        this.factoryType = Objects.requireNonNull(factoryType);
    }

    public String getCustomPayloadSerializerClassName() {
        return customPayloadSerializerClassName;
    }

    public void setCustomPayloadSerializerClassName(String className) {
        this.customPayloadSerializerClassName = className;
    }

    public MessageFactoryKey getFactoryKey() {
        return MessageFactoryKey.forType(factoryType, customPayloadSerializerClassName);
    }

    public String getFlinkJobName() {
        return flinkJobName;
    }

    public void setFlinkJobName(String flinkJobName) {
        this.flinkJobName = Objects.requireNonNull(flinkJobName);
    }

    public MemorySize getFeedbackBufferSize() {
        return feedbackBufferSize;
    }

    public void setFeedbackBufferSize(MemorySize size) {
        this.feedbackBufferSize = Objects.requireNonNull(size);
    }

    public int getMaxAsyncOperationsPerTask() {
        return maxAsyncOperationsPerTask;
    }

    public void setMaxAsyncOperationsPerTask(int maxAsyncOperationsPerTask) {
        this.maxAsyncOperationsPerTask = maxAsyncOperationsPerTask;
    }

    public String getRemoteModuleName() {
        return remoteModuleName;
    }

    public void setRemoteModuleName(String remoteModuleName) {
        this.remoteModuleName = Objects.requireNonNull(remoteModuleName);
    }

    public boolean isEmbedded() {
        return embedded;
    }

    public void setEmbedded(boolean embedded) {
        this.embedded = embedded;
    }

    /** @throws IllegalStateException when the provider set before cannot be read with this class loader */
    public StatefulFunctionsUniverseProvider getProvider(ClassLoader classLoader) {
        try {
            return InstantiationUtil.deserializeObject(provider, classLoader);
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("the function providers cannot be read on this task", e);
        }
    }

    public void setProvider(StatefulFunctionsUniverseProvider universeProvider) {
        try {
            provider = InstantiationUtil.serializeObject(new WithNamespaces(universeProvider, namespaces));
        } catch (IOException e) {
            throw new IllegalStateException("the function providers cannot be serialized", e);
        }
    }

    /**
     * Names who provides the functions of a namespace that nobody is named for one by one, which the builder of data streams cannot.
     * To be called before it builds.
     */
    public void setNamespaceProvider(String namespace, SerializableStatefulFunctionProvider rest) {
        namespaces.put(namespace, rest);
    }

    public Map<String, String> getGlobalConfigurations() {
        return Map.copyOf(globalConfigurations);
    }

    public void addAllGlobalConfigurations(Map<String, String> configurations) {
        globalConfigurations.putAll(configurations);
    }

    public void setGlobalConfiguration(String key, String value) {
        globalConfigurations.put(key, value);
    }

    private record WithNamespaces(
            StatefulFunctionsUniverseProvider named, HashMap<String, SerializableStatefulFunctionProvider> namespaces)
            implements StatefulFunctionsUniverseProvider {
        @Override
        public StatefulFunctionsUniverse get(ClassLoader classLoader, StatefulFunctionsConfig configuration) {
            StatefulFunctionsUniverse universe = named.get(classLoader, configuration);
            namespaces.forEach((namespace, rest) ->
                    universe.bindFunctionProvider(FunctionTypeNamespaceMatcher.targetNamespace(namespace), rest));
            return universe;
        }
    }
}
