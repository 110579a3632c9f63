package io.millrace.orchestrator.state;

import java.io.IOException;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackendFactory;
import org.apache.flink.runtime.state.StateBackendFactory;

/** For Flink's {@code state.backend.type}: RocksDB with its own settings, behind a {@link WriteBehindBackend}. */
public final class WriteBehindBackendFactory implements StateBackendFactory<WriteBehindBackend> {
    @Override
    public WriteBehindBackend createFromConfig(ReadableConfig config, ClassLoader classLoader) throws IOException {
        return new WriteBehindBackend(new EmbeddedRocksDBStateBackendFactory().createFromConfig(config, classLoader));
    }
}
