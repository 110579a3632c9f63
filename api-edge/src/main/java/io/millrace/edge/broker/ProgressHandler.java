package io.millrace.edge.broker;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.edge.command.CommandAnswers;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.submit.Submission;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.TaskCommand;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the hub from the progress log, and from the command log what was submitted and has no step yet. */
final class ProgressHandler implements TailHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressHandler.class);

    private final Hub hub;
    private final CommandAnswers answers;

    ProgressHandler(Hub hub, CommandAnswers answers) {
        this.hub = hub;
        this.answers = answers;
    }

    @Override
    public void record(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            if (isProgress(record.topic())) {
                progress(record);
            } else {
                command(record);
            }
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            LOG.warn(
                    "event=record_unreadable topic={} partition={} offset={} error={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.toString());
        }
    }

    private void progress(ConsumerRecord<byte[], byte[]> record) throws InvalidProtocolBufferException {
        Progress progress = Progress.parseFrom(record.value());
        hub.apply(LogRecord.of(record.partition(), record.offset(), progress));
        if (progress.hasAnswer()) {
            answers.arrived(progress.getAnswer());
        }
    }

    private void command(ConsumerRecord<byte[], byte[]> record) throws InvalidProtocolBufferException {
        TaskCommand command = TaskCommand.parseFrom(record.value());
        if (command.hasSubmit()) {
            hub.accepted(Submission.pendingView(command));
        }
    }

    @Override
    public void begins(TopicPartition partition, long offset) {
        if (isProgress(partition.topic())) {
            hub.beginAt(partition.partition(), offset);
        }
    }

    @Override
    public void reset(TopicPartition partition) {
        if (isProgress(partition.topic())) {
            hub.reset(partition.partition());
        }
    }

    private static boolean isProgress(String topic) {
        return topic.equals(Topic.PROGRESS.topicName());
    }
}
