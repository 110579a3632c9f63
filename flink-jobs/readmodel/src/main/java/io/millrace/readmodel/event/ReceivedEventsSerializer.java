package io.millrace.readmodel.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Form of events in a checkpoint: a count, then for each event its coordinates, type, key and value. */
public final class ReceivedEventsSerializer implements SimpleVersionedSerializer<List<ReceivedEvent>> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(List<ReceivedEvent> events) throws IOException {
        int bytes = events.stream().mapToInt(ReceivedEvent::sizeBytes).sum();
        DataOutputSerializer out = new DataOutputSerializer(Integer.BYTES + bytes);
        out.writeInt(events.size());
        for (ReceivedEvent event : events) {
            out.writeInt(event.partition());
            out.writeLong(event.offset());
            writeBytes(out, event.type().getBytes(UTF_8));
            writeBytes(out, event.key());
            writeBytes(out, event.value());
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public List<ReceivedEvent> deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("pending events have version " + version + ", this job reads " + VERSION
                    + ": start it from an empty state, it reads the topic again");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        int count = in.readInt();
        List<ReceivedEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int partition = in.readInt();
            long offset = in.readLong();
            String type = new String(readBytes(in), UTF_8);
            byte[] key = readBytes(in);
            events.add(new ReceivedEvent(type, key, readBytes(in), partition, offset));
        }
        return events;
    }

    private static void writeBytes(DataOutputSerializer out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputDeserializer in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
