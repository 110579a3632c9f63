package io.millrace.edge.broker;

import io.millrace.edge.watch.Hub;
import io.millrace.schemas.topic.EventHeaders;
import io.millrace.schemas.topic.EventType;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the hub which ends of tasks are committed; reads headers only. */
final class EventHandler implements TailHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EventHandler.class);

    private final Hub hub;

    EventHandler(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void record(ConsumerRecord<byte[], byte[]> record) {
        String type = header(record, EventHeaders.TYPE);
        String id = header(record, EventHeaders.ID);
        int dash = id == null ? -1 : id.lastIndexOf('-');
        try {
            if (type != null
                    && id != null
                    && dash > 0
                    && EventType.ofWireName(type).terminal()) {
                hub.committed(id.substring(0, dash), Long.parseLong(id.substring(dash + 1)));
            }
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "event=record_unreadable topic={} partition={} offset={} error={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.toString());
        }
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
