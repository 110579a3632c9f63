package io.millrace.inference;

import static io.millrace.inference.TestRoom.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.serve.FunctionServer;
import io.millrace.schemas.v1.ItemReply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointTest {
    @TempDir
    Path folder;

    @Test
    void aCallNeedsTheToken() throws IOException {
        TestFunction function = new TestFunction("echo", TestFunction.ECHO);
        try (TestRoom room = new TestRoom(folder, function)) {
            byte[] call = Caller.invocation("echo", Caller.batch("echo", saying("task", "x")));
            HttpRequest without = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + room.room.port() + "/functions"))
                    .POST(BodyPublishers.ofByteArray(call))
                    .build();

            HttpResponse<String> none = room.caller.send(without);
            HttpResponse<String> wrong =
                    room.caller.send(room.caller.post(Caller.TOKEN + "x", BodyPublishers.ofByteArray(call)));

            assertThat(none.statusCode()).isEqualTo(401);
            assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(function.calls).hasValue(0);
        }
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhetherItsLengthIsToldOrNot() throws IOException {
        try (TestRoom room = new TestRoom(folder, new TestFunction("echo", TestFunction.ECHO))) {
            HttpResponse<String> chunked = room.caller.send(room.caller.post(
                    Caller.TOKEN, BodyPublishers.ofInputStream(() -> zeros(FunctionServer.MAX_BODY + 1L))));

            assertThat(chunked.statusCode()).isEqualTo(413);
            assertThat(chunked.body()).contains("67108864");
            assertThat(room.caller.call("echo", saying("task", "x"))).allMatch(ItemReply::hasResult);
        }
    }

    @Test
    void whatIsNoStateFunCallIsAnErrorOfThatCallOnly() throws IOException {
        try (TestRoom room = new TestRoom(folder, new TestFunction("echo", TestFunction.ECHO))) {
            HttpResponse<String> garbage =
                    room.caller.send(room.caller.post(Caller.TOKEN, BodyPublishers.ofString("no protobuf")));
            HttpResponse<String> unknown = room.caller.send(room.caller.post(
                    Caller.TOKEN,
                    BodyPublishers.ofByteArray(Caller.invocation("nobody", Caller.batch("nobody", saying("a", "x"))))));

            assertThat(garbage.statusCode()).isEqualTo(500);
            assertThat(unknown.statusCode()).isEqualTo(500);
            assertThat(room.caller.get("/nothing").statusCode()).isEqualTo(404);
            assertThat(room.caller.call("echo", saying("task", "x"))).allMatch(ItemReply::hasResult);
        }
    }

    @Test
    void modelsAreListedWithTheirTermsAndState() throws Exception {
        try (TestRoom room = new TestRoom(folder, new TestFunction("echo", TestFunction.ECHO))) {
            assertThat(room.caller.get("/models").body())
                    .contains("\"name\":\"ppocr\"", "\"licence\":\"Apache-2.0\"", "\"state\":\"unused\"");
        }
    }

    @Test
    void healthNamesWhatIsStillLoadingAndItemsWaitForIt() throws Exception {
        CompletableFuture<PhaseFunction> model = new CompletableFuture<>();
        TestFunction early = new TestFunction("early", TestFunction.ECHO);
        TestFunction late = new TestFunction("late", TestFunction.ECHO);
        try (TestRoom room = new TestRoom(
                folder, 1, 10, List.of(early.factory(), TestFunction.factory("late", models -> model.get())))) {
            Awaitility.await().until(() -> room.caller.get("/health").body().contains("\"waiting_for\":[\"late\"]"));
            HttpResponse<String> loading = room.caller.get("/health");
            assertThat(room.caller.call("early", saying("task", "x"))).allMatch(ItemReply::hasResult);
            var waiting = room.caller.callLater("late", Caller.batch("late", saying("task", "x")));

            model.complete(late);

            assertThat(loading.statusCode()).isEqualTo(503);
            assertThat(loading.body()).contains("\"status\":\"loading\"");
            assertThat(waiting.get(120, TimeUnit.SECONDS).getItemsList()).allMatch(ItemReply::hasResult);
            HttpResponse<String> ready = room.caller.get("/health");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("\"status\":\"ready\"");
        }
    }

    @Test
    void aBadModelFailsOnlyItsOwnFunction() throws IOException {
        TestFunction good = new TestFunction("good", TestFunction.ECHO);
        try (TestRoom room = new TestRoom(
                folder,
                1,
                10,
                List.of(
                        TestFunction.factory("bad", models -> {
                            throw new NoClassDefFoundError("ai/djl/Model");
                        }),
                        TestFunction.factory("misnamed", models -> good),
                        good.factory()))) {
            Awaitility.await().until(() -> room.caller.get("/health").body().contains("degraded"));

            ItemReply bad = room.caller.call("bad", saying("task", "x")).get(0);

            assertThat(bad.getFailure().getCode()).isEqualTo("UNAVAILABLE");
            assertThat(bad.getFailure().getRetryable()).isTrue();
            assertThat(bad.getFailure().getMessage())
                    .contains("NoClassDefFoundError")
                    .contains("ai/djl/Model");
            assertThat(room.caller.call("good", saying("task", "x"))).allMatch(ItemReply::hasResult);
            assertThat(room.caller.get("/health").statusCode()).isEqualTo(503);
            assertThat(room.caller.get("/health").body()).contains("its factory made the function good");
        }
    }

    @Test
    void metricsAreInThePrometheusFormat() throws IOException {
        try (TestRoom room = new TestRoom(folder, new TestFunction("echo", TestFunction.ECHO))) {
            room.caller.call("echo", saying("task", "x"), saying("task", "x"));

            HttpResponse<String> page = room.caller.get("/metrics");

            assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
            assertThat(page.body())
                    .contains("# TYPE inference_batches_total counter")
                    .contains("inference_items_total{function=\"echo\",outcome=\"reused\"} 1.0")
                    .contains("inference_queue_seconds_count{function=\"echo\"} 1")
                    .contains("inference_compute_seconds_count{function=\"echo\"} 1")
                    .contains("inference_batch_items_sum{function=\"echo\"} 1", "process_resident_memory_bytes")
                    .contains("inference_items_in_flight 0.0")
                    .contains("model_calls_total{function=\"echo\"} 1.0");
        }
    }

    @Test
    void noFunctionOrTwoOfOneNameIsADefectOfThePackage() {
        TestFunction echo = new TestFunction("echo", TestFunction.ECHO);

        assertThatThrownBy(() -> new TestRoom(folder, 1, 1, List.of()))
                .hasMessageContaining("no phase functions found");
        assertThatThrownBy(() -> new TestRoom(folder, 1, 1, List.of(echo.factory(), echo.factory())))
                .hasMessageContaining("two factories make the function echo");
    }

    /** So many zero bytes. */
    private static InputStream zeros(long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int given = (int) Math.min(left, length);
                left -= given;
                return given;
            }
        };
    }
}
