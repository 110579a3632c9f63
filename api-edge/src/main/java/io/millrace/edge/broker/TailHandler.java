package io.millrace.edge.broker;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What is done with the records of a tail; called on its one thread. */
interface TailHandler {
    void record(ConsumerRecord<byte[], byte[]> record);

    /** The partition is followed from this offset on. */
    default void begins(TopicPartition partition, long offset) {}

    /** The partition was emptied; positions in it mean nothing any more. */
    default void reset(TopicPartition partition) {}
}
