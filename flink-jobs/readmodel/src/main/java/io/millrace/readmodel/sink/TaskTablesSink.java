package io.millrace.readmodel.sink;

import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.event.ReceivedEventsSerializer;
import io.millrace.readmodel.store.DatabaseSettings;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes public events into the task tables: at least once, into rows that come out the same however often. Events of one task must
 * reach one writer in order for each row to appear at once in its newest form; out of order, the final rows are the same.
 */
public final class TaskTablesSink
        implements Sink<ReceivedEvent>, SupportsWriterState<ReceivedEvent, List<ReceivedEvent>> {
    private static final long serialVersionUID = 1L;

    private final DatabaseSettings database;
    private final FlushSettings flush;
    private final RejectedEvents.Factory rejected;

    public TaskTablesSink(DatabaseSettings database, FlushSettings flush, RejectedEvents.Factory rejected) {
        this.database = database;
        this.flush = flush;
        this.rejected = rejected;
    }

    @Override
    public StatefulSinkWriter<ReceivedEvent, List<ReceivedEvent>> createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    /** The interface still asks for it; Flink 1.20 calls the one above. */
    @Override
    @Deprecated
    public StatefulSinkWriter<ReceivedEvent, List<ReceivedEvent>> createWriter(InitContext context) {
        throw new UnsupportedOperationException("made for Flink 1.20, which calls createWriter(WriterInitContext)");
    }

    @Override
    public StatefulSinkWriter<ReceivedEvent, List<ReceivedEvent>> restoreWriter(
            WriterInitContext context, Collection<List<ReceivedEvent>> restored) {
        return new TaskTablesWriter(database, flush, rejected.create(), context.metricGroup(), restored);
    }

    @Override
    public SimpleVersionedSerializer<List<ReceivedEvent>> getWriterStateSerializer() {
        return new ReceivedEventsSerializer();
    }
}
