package io.millrace.inference;

import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.statefun.sdk.reqreply.generated.Address;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.TypedValue;
import org.apache.flink.statefun.sdk.shaded.com.google.protobuf.ByteString;
import org.apache.flink.statefun.sdk.shaded.com.google.protobuf.InvalidProtocolBufferException;

/** Calls the endpoint as the orchestrator does. */
final class Caller {
    static final String TOKEN = "a-token-of-this-test";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Caller(int port) {
        this.port = port;
    }

    List<ItemReply> call(String function, InferenceItem... items) {
        return call(function, batch(function, items)).getItemsList();
    }

    BatchReply call(String function, BatchRequest batch) {
        return callLater(function, batch)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    CompletableFuture<BatchReply> callLater(String function, BatchRequest batch) {
        return http.sendAsync(
                        post(TOKEN, BodyPublishers.ofByteArray(invocation(function, batch))),
                        BodyHandlers.ofByteArray())
                .thenApply(Caller::reply);
    }

    static BatchRequest batch(String function, InferenceItem... items) {
        return BatchRequest.newBuilder()
                .setBatchId("batch-1")
                .setSlot(3)
                .setFunction(function)
                .addAllItems(List.of(items))
                .build();
    }

    HttpRequest post(String token, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/functions"))
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .POST(body)
                .build();
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Value of a line of the metrics page; 0 when there is none. */
    double metric(String line) {
        return get("/metrics")
                .body()
                .lines()
                .filter(each -> each.startsWith(line + " "))
                .mapToDouble(each -> Double.parseDouble(each.substring(line.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    static byte[] invocation(String function, BatchRequest batch) {
        return ToFunction.newBuilder()
                .setInvocation(ToFunction.InvocationBatchRequest.newBuilder()
                        .setTarget(address("inference", function, "b/0"))
                        .addInvocations(ToFunction.Invocation.newBuilder()
                                .setCaller(address("millrace", "batch", "b:" + function))
                                .setArgument(TypedValue.newBuilder()
                                        .setTypename("millrace/BatchRequest")
                                        .setHasValue(true)
                                        .setValue(ByteString.copyFrom(batch.toByteArray())))))
                .build()
                .toByteArray();
    }

    private static BatchReply reply(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    response.statusCode() + " " + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        try {
            FromFunction.InvocationResponse result =
                    FromFunction.parseFrom(response.body()).getInvocationResult();
            FromFunction.Invocation only = result.getOutgoingMessages(0);
            if (result.getOutgoingMessagesCount() != 1
                    || !only.getTarget().getType().equals("batch")) {
                throw new IllegalStateException("one reply to the caller was expected: " + result);
            }
            return BatchReply.parseFrom(only.getArgument().getValue().toByteArray());
        } catch (InvalidProtocolBufferException | com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Address address(String namespace, String type, String id) {
        return Address.newBuilder()
                .setNamespace(namespace)
                .setType(type)
                .setId(id)
                .build();
    }
}
