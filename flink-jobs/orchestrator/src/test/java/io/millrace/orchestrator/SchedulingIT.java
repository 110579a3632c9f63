package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.CampaignStep;
import io.millrace.schemas.v1.CancelCampaign;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.LaneHead;
import io.millrace.schemas.v1.LiveRecord;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.SetLaneLimit;
import io.millrace.schemas.v1.StartCampaign;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lanes, campaigns and functions of third parties on the running job. */
class SchedulingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int SLOTS = 4;

    private final TestEnds ends = new TestEnds();
    private final FakeInference inference = new FakeInference();
    private final FakeInference thirdParty = new FakeInference();

    @TempDir
    private Path folder;

    @BeforeEach
    void define() throws Exception {
        Files.writeString(
                folder.resolve("lanes.yaml"), "lanes:\n  one: {concurrency: " + SLOTS + "}\n", StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("functions.yaml"),
                "functions:\n  summarize: {url: \"" + thirdParty.url() + "\", slots: 1, batch: 16, max_wait: 5ms}\n",
                StandardCharsets.UTF_8);
        Files.createDirectories(folder.resolve("workflows"));
        Files.writeString(folder.resolve("workflows").resolve("one.yaml"), """
                type: one
                version: 1
                lane: one
                phases:
                  - name: summing_up
                    function: summarize
                    mark: 10
                    timeout: 20s
                    retry: {max_attempts: 2, backoff: 10ms}
                    message: {en: Summing up, zh: 汇总}
                """, StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() {
        inference.close();
        thirdParty.close();
        ends.close();
    }

    @Test
    void aCampaignIsCountedUntilItsLastRowAndSummedUpOnce() throws Exception {
        CampaignId campaign = CampaignId.at(System.currentTimeMillis());
        try (RunningJob job = start()) {
            sendCampaign(campaign, 200);

            await().atMost(PATIENCE).until(() -> types(campaign).contains(EventType.CAMPAIGN_COMPLETED));

            assertThat(types(campaign)).containsExactly(EventType.CAMPAIGN_STARTED, EventType.CAMPAIGN_COMPLETED);
            CampaignStep last = last(told(Progress::hasCampaign, Progress::getCampaign));
            assertThat(last.getTotal()).isEqualTo(200);
            assertThat(last.getCompleted()).isEqualTo(200);
            assertThat(last.getCompletedAtMs()).isPositive();
            assertThat(thirdParty.computed(campaign.task(199).value(), "summing_up"))
                    .isEqualTo(1);
        }
    }

    @Test
    void theRestOfACampaignIsCancelled() throws Exception {
        CountDownLatch release = hold();
        CampaignId campaign = CampaignId.at(System.currentTimeMillis());
        try (RunningJob job = start()) {
            sendCampaign(campaign, 500);
            await().atMost(PATIENCE)
                    .until(() -> told(Progress::hasQueued, Progress::getQueued).size() >= 490);

            send(command(campaign.value(), "crowd")
                    .setCancelCampaign(CancelCampaign.newBuilder().setReason("enough")));

            await().atMost(PATIENCE).until(() -> types(campaign).contains(EventType.CAMPAIGN_COMPLETED));
            assertThat(last(told(Progress::hasCampaign, Progress::getCampaign)).getCancelled())
                    .isEqualTo(500);
        } finally {
            release.countDown();
        }
    }

    @Test
    void aSingleTaskBehindACampaignStartsWithinOneGrantCycle() throws Exception {
        CampaignId campaign = CampaignId.at(System.currentTimeMillis());
        try (RunningJob job = start()) {
            sendCampaign(campaign, 2_000);
            await().atMost(PATIENCE)
                    .until(() -> told(Progress::hasQueued, Progress::getQueued).size() >= 500);
            String single = TaskId.at(System.currentTimeMillis()).value();

            send(submit(single, "single"));

            await().atMost(PATIENCE).until(() -> first(single, "processing") >= 0);
            List<Progress> all = told(Progress::hasStepTaken, Function.identity());
            long waiting = all.stream()
                    .filter(step -> step.getStepTaken().getStatus().equals("queued"))
                    .map(Progress::getTaskId)
                    .distinct()
                    .count();
            long between = all.subList(first(single, "queued"), first(single, "processing")).stream()
                    .filter(step -> step.getStepTaken().getStatus().equals("processing"))
                    .map(Progress::getTaskId)
                    .distinct()
                    .count();
            assertThat(waiting).isGreaterThan(500);
            assertThat(between).as("grants to others while it waited").isLessThanOrEqualTo(SLOTS + 1);
        }
    }

    @Test
    void theLimitOfALaneChangesWhileItRuns() throws Exception {
        CountDownLatch release = hold();
        try (RunningJob job = start()) {
            for (int i = 0; i < 10; i++) {
                send(submit(TaskId.at(System.currentTimeMillis()).value(), "user-" + i));
            }
            awaitHead(head -> head.getRunning() == SLOTS && head.getWaiting() == 6);

            send(command("lane:one", "admin")
                    .setSetLaneLimit(SetLaneLimit.newBuilder().setLimit(7)));

            awaitHead(head -> head.getLimit() == 7 && head.getRunning() == 7 && head.getWaiting() == 3);
            assertThat(told(Progress::hasAnswer, Function.identity()))
                    .anyMatch(told -> told.getTaskId().equals("lane:one")
                            && told.getUserId().equals("admin")
                            && told.getAnswer().getAccepted());
        } finally {
            release.countDown();
        }
    }

    private RunningJob start() throws Exception {
        return RunningJob.start(ends, inference, folder, null, "--inference-token-summarize=" + FakeInference.TOKEN);
    }

    private CountDownLatch hold() {
        CountDownLatch release = new CountDownLatch(1);
        thirdParty.answer((exchange, body) -> {
            try {
                release.await(120, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return release;
    }

    private void awaitHead(java.util.function.Predicate<LaneHead> holds) {
        await().atMost(PATIENCE)
                .until(() -> told(Progress::hasLane, Progress::getLane).stream().anyMatch(holds));
    }

    private void sendCampaign(CampaignId campaign, int rows) {
        List<TaskCommand.Builder> commands = new ArrayList<>();
        commands.add(command(campaign.value(), "crowd")
                .setStartCampaign(StartCampaign.newBuilder()
                        .setName("a crowd")
                        .setType("one")
                        .setTotal(rows)));
        for (int row = 0; row < rows; row++) {
            TaskCommand.Builder command = submit(campaign.task(row).value(), "crowd");
            command.getSubmitBuilder().setCampaignId(campaign.value()).setCampaignRow(row);
            commands.add(command);
        }
        ends.shared()
                .appendAll(commands.stream()
                        .map(command -> TestEnds.received(Topic.CAMPAIGN_ROWS, command.build()))
                        .toList());
    }

    private static TaskCommand.Builder submit(String task, String user) {
        return command(task, user)
                .setSubmit(SubmitTask.newBuilder()
                        .setType("one")
                        .setPriority(5)
                        .setInputParams(ByteString.copyFromUtf8("{\"text\":\"to be summed up\"}"))
                        .setCreatedAtMs(System.currentTimeMillis()));
    }

    private static TaskCommand.Builder command(String id, String user) {
        return TaskCommand.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setTaskId(id)
                .setUserId(user)
                .setIssuedAtMs(System.currentTimeMillis());
    }

    private void send(TaskCommand.Builder command) {
        ends.send(command.build());
    }

    private <T> List<T> told(java.util.function.Predicate<Progress> kind, Function<Progress, T> part) {
        Stream<Progress> all =
                ends.shared().live.stream().filter(LiveRecord::hasProgress).map(LiveRecord::getProgress);
        return all.filter(kind).map(part).toList();
    }

    /** Index of the task's first step with this status among all steps; -1: none yet. */
    private int first(String task, String status) {
        List<Progress> all = told(Progress::hasStepTaken, Function.identity());
        for (int i = 0; i < all.size(); i++) {
            boolean found = all.get(i).getTaskId().equals(task)
                    && all.get(i).getStepTaken().getStatus().equals(status);
            if (found) {
                return i;
            }
        }
        return -1;
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private List<EventType> types(CampaignId campaign) {
        return ends.events(campaign.value()).stream()
                .map(EventRecord::getType)
                .map(EventType::ofWireName)
                .toList();
    }
}
