package io.millrace.bench;

import com.google.protobuf.ByteString;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.SetLaneLimit;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Submits posters to the commands topic and sees on the progress topic how they end; one thread. */
final class TaskDriver implements AutoCloseable {
    private static final int TENANTS = 50;
    private static final Duration POLL = Duration.ofMillis(5);
    /** Between two looks while the engine is full: each look is a request that the broker and the driver pay for. */
    private static final long REST_MILLIS = 5;

    private static final String PARAMS = """
            {"prompt":"创建一个蓝色商务风格的招聘海报，包含公司logo和职位信息","style":"business","size":{"width":1080,"height":1920},\
            "elements":[{"type":"text","content":"诚聘英才","position":"top","style":{"fontSize":48,"fontWeight":"bold"}},\
            {"type":"text","content":"高级软件工程师","position":"center","style":{"fontSize":36}}],\
            "color_scheme":["#1890ff","#ffffff","#f0f2f5"],"notes":"%s"}""";

    private final ByteString params;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Long> submitted = new HashMap<>();
    private final List<Long> latencies = new ArrayList<>();
    private int sent;
    private int failed;
    /** Tasks that said that they wait in their lane. */
    private long queued;

    /**
     * What was seen while a measurement ran.
     *
     * @param tasks that ended
     * @param latencies nanoseconds from handing the command to the producer to reading the terminal step, sorted
     */
    record Seen(int tasks, double seconds, long[] latencies) {
        double rate() {
            return tasks / seconds;
        }

        double millis(double quantile) {
            return latencies.length == 0
                    ? Double.NaN
                    : latencies[(int) Math.min(latencies.length - 1L, (long) (latencies.length * quantile))] / 1e6;
        }
    }

    /** @param paramBytes about how many bytes the parameters of a task have, 0: what they need, about 500 */
    TaskDriver(KafkaAccess kafka, int paramBytes) {
        int more = Math.max(0, paramBytes - PARAMS.getBytes(StandardCharsets.UTF_8).length);
        params = ByteString.copyFromUtf8(String.format(PARAMS, "-".repeat(more)));
        producer = new KafkaProducer<>(
                kafka.client(Map.of("linger.ms", 0, "compression.type", "lz4")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                kafka.client(Map.of("max.poll.records", 10_000, "fetch.max.wait.ms", 20)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < Topic.PROGRESS.partitions(); i++) {
            partitions.add(new TopicPartition(Topic.PROGRESS.topicName(), i));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** So many tasks under way at every moment. */
    Seen saturate(int outstanding, Duration length) throws InterruptedException {
        latencies.clear();
        long begin = System.nanoTime();
        long end = begin + length.toNanos();
        while (System.nanoTime() < end) {
            while (submitted.size() < outstanding) {
                submit();
            }
            poll();
            Thread.sleep(REST_MILLIS);
        }
        return seen(begin);
    }

    /** So many tasks a second, whatever becomes of them. */
    Seen pace(int perSecond, Duration length) {
        latencies.clear();
        long begin = System.nanoTime();
        long tasks = 0;
        while (System.nanoTime() < begin + length.toNanos()) {
            if ((System.nanoTime() - begin) * perSecond / 1_000_000_000L >= tasks) {
                submit();
                tasks++;
            }
            poll();
        }
        return seen(begin);
    }

    /** So many tasks more, until all of them wait in the lane or have left it. */
    void fill(int number, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        queued = 0;
        for (int i = 0; i < number; i++) {
            submit();
        }
        while (queued < number) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(queued + " of " + number + " wait after " + patience);
            }
            poll();
            Thread.sleep(REST_MILLIS);
        }
    }

    /** Sets how many slots the lane has. */
    void limit(String lane, int slots) {
        String id = "lane:" + lane;
        TaskCommand command = TaskCommand.newBuilder()
                .setCommandId("limit-" + System.nanoTime())
                .setTaskId(id)
                .setUserId("bench")
                .setIssuedAtMs(System.currentTimeMillis())
                .setSetLaneLimit(
                        SetLaneLimit.newBuilder().setRequestedBy("bench").setLimit(slots))
                .build();
        producer.send(new ProducerRecord<>(
                Topic.COMMANDS.topicName(), id.getBytes(StandardCharsets.US_ASCII), command.toByteArray()));
    }

    /** Waits until nothing is under way. */
    void drain(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!submitted.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        submitted.size() + " of " + sent + " tasks have not ended after " + patience + ", one of them "
                                + submitted.keySet().iterator().next());
            }
            poll();
        }
    }

    /** Tasks that ended otherwise than as completed, since the beginning. */
    int failed() {
        return failed;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close(Duration.ofSeconds(5));
    }

    private Seen seen(long begin) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Seen(sorted.length, seconds, sorted);
    }

    private void submit() {
        long now = System.currentTimeMillis();
        String task = TaskId.at(now).value();
        String tenant = "tenant-" + sent++ % TENANTS;
        TaskCommand command = TaskCommand.newBuilder()
                .setCommandId("cmd_" + task.substring("task_".length()))
                .setTaskId(task)
                .setUserId(tenant)
                .setIssuedAtMs(now)
                .setSubmit(SubmitTask.newBuilder()
                        .setType("poster")
                        .setPriority(5)
                        .setCreatedAtMs(now)
                        .setInputParams(params))
                .build();
        submitted.put(task, System.nanoTime());
        producer.send(new ProducerRecord<>(
                Topic.COMMANDS.topicName(), task.getBytes(StandardCharsets.US_ASCII), command.toByteArray()));
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            Progress progress = read(record);
            if (!progress.hasStepTaken()) {
                continue;
            }
            TaskStatus status = TaskStatus.ofWireName(progress.getStepTaken().getStatus());
            queued += status == TaskStatus.QUEUED ? 1 : 0;
            if (status.terminal()) {
                Long begin = submitted.remove(progress.getTaskId());
                if (begin != null) {
                    latencies.add(System.nanoTime() - begin);
                    failed += status == TaskStatus.COMPLETED ? 0 : 1;
                }
            }
        }
    }

    private static Progress read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Progress.parseFrom(record.value());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
