package io.millrace.orchestrator.ingress;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A record as it came from Kafka. A plain class with public fields because Flink's POJO serializer asks for it.
 */
public final class ReceivedRecord {
    public static final TypeInformation<ReceivedRecord> TYPE = TypeInformation.of(ReceivedRecord.class);

    public byte[] key = new byte[0];
    public byte[] value = new byte[0];
    public String topic = "";
    public int partition;

    public static ReceivedRecord of(String topic, int partition, byte[] key, byte[] value) {
        ReceivedRecord received = new ReceivedRecord();
        received.topic = topic;
        received.partition = partition;
        received.key = key;
        received.value = value;
        return received;
    }
}
