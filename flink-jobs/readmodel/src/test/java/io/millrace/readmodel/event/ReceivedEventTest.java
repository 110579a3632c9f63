package io.millrace.readmodel.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.readmodel.fixture.History;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ReceivedEventTest {
    @Test
    void checkpointGivesBackWhatItTook() throws IOException {
        List<ReceivedEvent> events = History.of(new Random(3));
        ReceivedEventsSerializer serializer = new ReceivedEventsSerializer();

        List<ReceivedEvent> read = serializer.deserialize(serializer.getVersion(), serializer.serialize(events));

        assertThat(read).usingRecursiveComparison().isEqualTo(events);
        assertThatThrownBy(() -> serializer.deserialize(9, new byte[0])).hasMessageContaining("version 9");
    }

    @Test
    void flinkSerializesItWithoutKryo() {
        TypeInformation<ReceivedEvent> type = new ReceivedEventReader().getProducedType();

        assertThat(type).isInstanceOf(PojoTypeInfo.class);
    }

    @Test
    void recordWithoutKeyValueAndHeadersIsStillAnEvent() {
        new ReceivedEventReader().deserialize(new ConsumerRecord<>("topic", 3, 7L, null, null), new Collector<>() {
            @Override
            public void collect(ReceivedEvent event) {
                assertThat(event.partition()).isEqualTo(3);
                assertThat(event.offset()).isEqualTo(7);
                assertThat(event.value()).isEmpty();
                assertThat(event.type()).isEmpty();
            }

            @Override
            public void close() {}
        });
    }
}
