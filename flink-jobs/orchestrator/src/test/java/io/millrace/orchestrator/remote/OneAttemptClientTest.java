package io.millrace.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.orchestrator.FakeInference;
import io.millrace.orchestrator.config.InferenceSettings;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.statefun.flink.core.metrics.RemoteInvocationMetrics;
import org.apache.flink.statefun.flink.core.reqreply.ToFunctionRequestSummary;
import org.apache.flink.statefun.sdk.FunctionType;
import org.apache.flink.statefun.sdk.reqreply.generated.Address;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneAttemptClientTest {
    private static final Address BATCHER = Address.newBuilder()
            .setNamespace("millrace")
            .setType("batch")
            .setId("b:ocr/0")
            .build();

    private final FakeInference inference = new FakeInference();
    private final List<HttpEndpoint> endpoints = new ArrayList<>();

    @AfterEach
    void close() {
        endpoints.forEach(HttpEndpoint::close);
        inference.close();
    }

    @Test
    void theVeryFirstCallIsAnsweredWithoutTheEndpoint() {
        OneAttemptClient client = unused(FakeInference.TOKEN, Liveness.SILENCE);

        CompletableFuture<FromFunction> first = client.call(summary(), new NoMetrics(), call(in(5)));

        assertThat(first).isDone();
        assertThat(first.join().hasIncompleteInvocationContext()).isTrue();
        assertThat(inference.computed("task-0", "checking_ocr")).isZero();
    }

    @Test
    void whatTheEndpointComputedComesBackToTheBatcher() {
        BatchReply reply = answer(client(), call(in(5)));

        assertThat(reply.hasFailure()).isFalse();
        assertThat(reply.getSlot()).isEqualTo(3);
        assertThat(reply.getItemsList()).extracting(ItemReply::getTaskId).containsExactly("task-0", "task-1");
        assertThat(reply.getItemsList()).allMatch(ItemReply::hasResult);
    }

    @Test
    void aConnectionIsKept() {
        OneAttemptClient client = client();
        List<Integer> ports = portsOfCalls();

        answer(client, call(in(5)));
        answer(client, call(in(5)));

        assertThat(ports).hasSize(2);
        assertThat(ports.get(0)).isEqualTo(ports.get(1));
    }

    @Test
    void anOldConnectionMakesRoomForANewOne() {
        OneAttemptClient client =
                warm(unused(FakeInference.TOKEN, Liveness.SILENCE, new Freshness(Duration.ZERO, System::nanoTime)));
        List<Integer> ports = portsOfCalls();

        answer(client, call(in(5)));
        answer(client, call(in(5)));
        answer(client, call(in(5)));

        // The age begins with the second use.
        assertThat(ports.get(1)).isEqualTo(ports.get(0));
        assertThat(ports.get(2)).isNotEqualTo(ports.get(0));
    }

    @Test
    void aRefusedConnectionBlamesNoItem() {
        inference.stop();

        assertFailed(answer(client(), call(in(5))), ErrorCode.UNAVAILABLE, false, "cannot be reached");
    }

    @Test
    void callsGoThroughAgainWhenTheEndpointIsBack() {
        OneAttemptClient client = client();
        answer(client, call(in(5)));
        inference.stop();
        answer(client, call(in(5)));

        inference.start();

        assertThat(answer(client, call(in(5))).hasFailure()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "500, MODEL_ERROR, true",
        "400, MODEL_ERROR, true",
        "401, UNAVAILABLE, false",
        "404, UNAVAILABLE, false",
        "429, BUSY, false",
        "503, UNAVAILABLE, false",
    })
    void aStatusThatIsNotOkIsAFailureOfEveryItem(int status, ErrorCode code, boolean wholeBatch) {
        inference.answer((exchange, body) -> FakeInference.send(exchange, status, new byte[] {1, 2, 3}));

        assertFailed(answer(client(), call(in(5))), code, wholeBatch, "HTTP " + status);
    }

    @Test
    void aWrongTokenNamesTheRemedy() {
        OneAttemptClient client = warm(unused("another", Liveness.SILENCE));

        assertFailed(answer(client, call(in(5))), ErrorCode.UNAVAILABLE, false, "MILLRACE_INFERENCE_TOKEN");
    }

    @Test
    void garbageIsAModelError() {
        inference.answer((exchange, body) -> FakeInference.send(exchange, 200, "<html>hello</html>".getBytes()));

        assertFailed(answer(client(), call(in(5))), ErrorCode.MODEL_ERROR, true, "not of StateFun");
    }

    @Test
    void anAnswerWithoutTheBatchIsAModelError() {
        inference.answer((exchange, body) -> FakeInference.send(
                exchange, 200, FromFunction.newBuilder().build().toByteArray()));

        assertFailed(answer(client(), call(in(5))), ErrorCode.MODEL_ERROR, true, "without the batch");
    }

    @Test
    void messagesOfTheEndpointsOwnNeverReachTheJob() throws InvalidProtocolBufferException {
        inference.answer((exchange, body) -> {
            FromFunction.Builder answer = FromFunction.parseFrom(inference.compute(body)).toBuilder();
            answer.getInvocationResultBuilder()
                    .addOutgoingEgresses(FromFunction.EgressMessage.newBuilder().setEgressType("nowhere"))
                    .addOutgoingMessages(FromFunction.Invocation.newBuilder()
                            .setTarget(Address.newBuilder()
                                    .setNamespace("no")
                                    .setType("such")
                                    .setId("function")));
            FakeInference.send(exchange, 200, answer.build().toByteArray());
        });

        FromFunction answer = raw(client(), call(in(5)));

        assertThat(answer.getInvocationResult().getOutgoingEgressesList()).isEmpty();
        assertThat(answer.getInvocationResult().getOutgoingMessagesList()).hasSize(1);
    }

    @Test
    void aMissingItemFailsTheBatch() {
        inference.answer((exchange, body) -> {
            ToFunction.Builder shortened = ToFunction.parseFrom(body).toBuilder();
            ToFunction.Invocation.Builder only =
                    shortened.getInvocationBuilder().getInvocationsBuilder(0);
            BatchRequest request = BatchRequest.parseFrom(only.getArgument().getValue());
            only.setArgument(RemoteWire.value(
                    RemoteWire.BATCH_REQUEST, request.toBuilder().removeItems(1).build()));
            FakeInference.send(
                    exchange, 200, inference.compute(shortened.build().toByteArray()));
        });

        assertFailed(answer(client(), call(in(5))), ErrorCode.MODEL_ERROR, true, "1 of 2 items");
    }

    @Test
    void aBrokenConnectionMayBeTheFaultOfAnItem() {
        inference.answer((exchange, body) -> exchange.close());

        assertFailed(answer(client(), call(in(5))), ErrorCode.UNAVAILABLE, true, "broke the connection");
    }

    @Test
    void aSlowEndpointTimesOutOneSecondAfterTheBatchExpires() {
        inference.answer((exchange, body) -> {});
        OneAttemptClient client = client();
        long begun = System.nanoTime();

        BatchReply reply = answer(client, call(System.currentTimeMillis() + 200));

        assertFailed(reply, ErrorCode.TIMEOUT, true, "in time");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(1100), Duration.ofMillis(20_000));
    }

    @Test
    void anEndpointThatHangsIsGivenUpLongBeforeTheDeadline() {
        inference.hang();
        OneAttemptClient client = warm(unused(FakeInference.TOKEN, Duration.ofMillis(300)));

        BatchReply reply = answer(client, call(in(60)));

        assertFailed(reply, ErrorCode.UNAVAILABLE, false, "hangs");
    }

    @Test
    void anEndpointThatComputesForLongIsNotGivenUp() {
        OneAttemptClient client = warm(unused(FakeInference.TOKEN, Duration.ofMillis(1500)));
        inference.answer((exchange, body) -> {
            waitFor(() -> inference.healthChecks() >= 4);
            FakeInference.send(exchange, 200, inference.compute(body));
        });

        assertThat(answer(client, call(in(30))).hasFailure()).isFalse();
    }

    @Test
    void anExpiredBatchIsNotSent() {
        BatchReply reply = answer(client(), call(System.currentTimeMillis() - 2000));

        assertFailed(reply, ErrorCode.EXPIRED, false, "expired");
        assertThat(inference.computed("task-0", "checking_ocr")).isZero();
    }

    private static void waitFor(BooleanSupplier condition) {
        await().atMost(Duration.ofMinutes(5)).until(condition::getAsBoolean);
    }

    private static void assertFailed(BatchReply reply, ErrorCode code, boolean wholeBatch, String words) {
        assertThat(reply.getSlot()).isEqualTo(3);
        assertThat(reply.getBatchId()).isEqualTo("ocr-7");
        assertThat(reply.getFailure().getCode()).isEqualTo(code.name());
        assertThat(reply.getFailure().getMessage()).contains(words);
        assertThat(reply.getFailure().getRetryable()).isTrue();
        assertThat(reply.getItemsList()).hasSize(2).allSatisfy(item -> {
            assertThat(item.getFailure().getCode()).isEqualTo(code.name());
            assertThat(item.getFailure().getRetryable()).isTrue();
            assertThat(item.getFailure().getWholeBatch()).isEqualTo(wholeBatch);
            assertThat(item.getTries()).isEqualTo(4);
        });
    }

    private OneAttemptClient client() {
        return warm(unused(FakeInference.TOKEN, Liveness.SILENCE));
    }

    /** The client's port of each call from now on: calls over one connection share it. */
    private List<Integer> portsOfCalls() {
        List<Integer> ports = new CopyOnWriteArrayList<>();
        inference.answer((exchange, body) -> {
            ports.add(exchange.getRemoteAddress().getPort());
            FakeInference.send(exchange, 200, inference.compute(body));
        });
        return ports;
    }

    private OneAttemptClient unused(String token, Duration silence) {
        return unused(token, silence, Freshness.standard());
    }

    private OneAttemptClient unused(String token, Duration silence, Freshness freshness) {
        InferenceSettings settings =
                new InferenceSettings(inference.url(), token, Duration.ofSeconds(2), 4, 2, Map.of());
        HttpEndpoint endpoint = HttpEndpoint.open(settings, silence, freshness);
        endpoints.add(endpoint);
        return new OneAttemptClient(endpoint, System::currentTimeMillis);
    }

    private static OneAttemptClient warm(OneAttemptClient client) {
        client.call(summary(), new NoMetrics(), call(0)).join();
        return client;
    }

    private static BatchReply answer(OneAttemptClient client, ToFunction call) {
        FromFunction answer = raw(client, call);
        assertThat(answer.getInvocationResult().getOutgoingMessagesList()).hasSize(1);
        FromFunction.Invocation message = answer.getInvocationResult().getOutgoingMessages(0);
        assertThat(message.getTarget()).isEqualTo(BATCHER);
        assertThat(message.getArgument().getTypename()).isEqualTo(RemoteWire.BATCH_REPLY);
        try {
            return BatchReply.parseFrom(message.getArgument().getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static FromFunction raw(OneAttemptClient client, ToFunction call) {
        return client.call(summary(), new NoMetrics(), call)
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
    }

    private static long in(int seconds) {
        return System.currentTimeMillis() + seconds * 1000L;
    }

    private static ToFunction call(long expiresAtMillis) {
        BatchRequest.Builder request = BatchRequest.newBuilder()
                .setBatchId("ocr-7")
                .setFunction("ocr")
                .setSlot(3)
                .setExpiresAtMs(expiresAtMillis);
        for (int i = 0; i < 2; i++) {
            request.addItems(InferenceItem.newBuilder()
                    .setTaskId("task-" + i)
                    .setPhase("checking_ocr")
                    .setAttempt(1)
                    .setTries(4)
                    .setInput(ByteString.copyFromUtf8("{}")));
        }
        return ToFunction.newBuilder()
                .setInvocation(ToFunction.InvocationBatchRequest.newBuilder()
                        .setTarget(Address.newBuilder()
                                .setNamespace("inference")
                                .setType("ocr")
                                .setId("b:ocr/0/3"))
                        .addInvocations(ToFunction.Invocation.newBuilder()
                                .setCaller(BATCHER)
                                .setArgument(RemoteWire.value(RemoteWire.BATCH_REQUEST, request.build()))))
                .build();
    }

    private static ToFunctionRequestSummary summary() {
        return new ToFunctionRequestSummary(
                new org.apache.flink.statefun.sdk.Address(new FunctionType("inference", "ocr"), "b:ocr/0/3"), 1, 0, 1);
    }

    private static final class NoMetrics implements RemoteInvocationMetrics {
        @Override
        public void remoteInvocationFailures() {}

        @Override
        public void remoteInvocationLatency(long elapsed) {}
    }
}
