package org.example.wordcount;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.workflow.Definitions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.example.statefun.Address;
import org.example.statefun.FromFunction;
import org.example.statefun.Message;
import org.example.statefun.ToFunction;
import org.example.statefun.TypedValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WordCountServerTest {
    private static final Address BATCHER = Address.newBuilder()
            .setNamespace("millrace")
            .setType("batch")
            .setId("b:word_count")
            .build();

    private final WordCountServer server;

    WordCountServerTest() throws Exception {
        server = new WordCountServer(0, "secret");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aBatchIsAnsweredToItsCallerItemByItem() throws Exception {
        BatchRequest batch = BatchRequest.newBuilder()
                .setBatchId("batch-1")
                .setSlot(2)
                .addItems(item("a", "{\"params\":{\"text\":\"to be or not to be\"}}"))
                .addItems(item("b", "{\"params\":{}}"))
                .addItems(item("c", "no json"))
                .build();

        HttpResponse<byte[]> response = post("secret", call(batch));

        Message back =
                FromFunction.parseFrom(response.body()).getInvocationResult().getOutgoingMessages(0);
        assertThat(back.getPeer()).isEqualTo(BATCHER);
        assertThat(back.getArgument().getTypename()).isEqualTo("millrace/BatchReply");
        BatchReply reply = BatchReply.parseFrom(back.getArgument().getValue());
        assertThat(reply.getBatchId()).isEqualTo("batch-1");
        assertThat(reply.getSlot()).isEqualTo(2);
        assertThat(reply.getItems(0).getResult().getOutput().toStringUtf8())
                .isEqualTo("{\"words\":6,\"characters\":18,\"reading_seconds\":2}");
        assertThat(reply.getItems(0).getTries()).isEqualTo(3);
        assertThat(reply.getItems(1).getFailure().getCode()).isEqualTo("BAD_INPUT");
        assertThat(reply.getItems(1).getFailure().getMessage()).startsWith("text is missing");
        assertThat(reply.getItems(2).getFailure().getCode()).isEqualTo("BAD_INPUT");
    }

    @Test
    void anExpiredBatchIsNotCounted() throws Exception {
        BatchRequest batch = BatchRequest.newBuilder()
                .setExpiresAtMs(1)
                .addItems(item("a", "{\"params\":{\"text\":\"late\"}}"))
                .build();

        byte[] body = post("secret", call(batch)).body();

        BatchReply reply = BatchReply.parseFrom(FromFunction.parseFrom(body)
                .getInvocationResult()
                .getOutgoingMessages(0)
                .getArgument()
                .getValue());
        assertThat(reply.getItems(0).getFailure().getCode()).isEqualTo("EXPIRED");
    }

    @Test
    void withoutTheTokenOrTheProtocolNothingIsDone() throws Exception {
        assertThat(post("wrong", call(BatchRequest.getDefaultInstance())).statusCode())
                .isEqualTo(401);
        assertThat(post("secret", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.calls()).isZero();
    }

    @Test
    void itsDefinitionsAreSoundBesideWhatShips() {
        Definitions definitions = Definitions.shippedAnd(Path.of("definitions"));

        assertThat(definitions.workflow("word_count").orElseThrow().lane()).isEqualTo("words");
        assertThat(definitions.function("word_count").url()).isEqualTo(URI.create("http://127.0.0.1:9400/functions"));
        assertThat(definitions.workflow("poster")).isPresent();
    }

    private static InferenceItem item(String task, String input) {
        return InferenceItem.newBuilder()
                .setTaskId(task)
                .setPhase("counting")
                .setAttempt(1)
                .setTries(3)
                .setInput(ByteString.copyFromUtf8(input))
                .build();
    }

    private static byte[] call(BatchRequest batch) {
        return ToFunction.newBuilder()
                .setInvocation(ToFunction.Batch.newBuilder()
                        .addInvocations(Message.newBuilder()
                                .setPeer(BATCHER)
                                .setArgument(TypedValue.newBuilder()
                                        .setTypename("millrace/BatchRequest")
                                        .setHasValue(true)
                                        .setValue(batch.toByteString()))))
                .build()
                .toByteArray();
    }

    private HttpResponse<byte[]> post(String token, byte[] body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/functions"))
                                .header("Authorization", "Bearer " + token)
                                .timeout(Duration.ofMinutes(1))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }
}
