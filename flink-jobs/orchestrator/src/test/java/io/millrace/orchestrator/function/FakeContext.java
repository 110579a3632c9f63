package io.millrace.orchestrator.function;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.Context;
import org.apache.flink.statefun.sdk.io.EgressIdentifier;
import org.apache.flink.statefun.sdk.metrics.Counter;
import org.apache.flink.statefun.sdk.metrics.Metrics;

/** Writes down what a function asks of StateFun, in order. */
final class FakeContext implements Context {
    final List<String> calls = new ArrayList<>();
    final List<Object> messages = new ArrayList<>();
    final Map<String, Long> counters = new HashMap<>();
    private final Address self;

    FakeContext(Address self) {
        this.self = self;
    }

    @Override
    public Address self() {
        return self;
    }

    @Override
    public Address caller() {
        return self;
    }

    @Override
    public void send(Address to, Object message) {
        call("send " + to.type() + " " + to.id(), message);
    }

    @Override
    public <T> void send(EgressIdentifier<T> egress, T message) {
        call("egress " + egress.namespace() + "/" + egress.name(), message);
    }

    @Override
    public void sendAfter(Duration delay, Address to, Object message) {
        call("after " + delay.toMillis() + " " + to.id(), message);
    }

    @Override
    public void sendAfter(Duration delay, Address to, Object message, String cancellationToken) {
        call("after " + delay.toMillis() + " " + to.id() + " " + cancellationToken, message);
    }

    @Override
    public void cancelDelayedMessage(String cancellationToken) {
        calls.add("cancel " + cancellationToken);
    }

    @Override
    public <M, T> void registerAsyncOperation(M metadata, CompletableFuture<T> future) {
        throw new UnsupportedOperationException("embedded functions wait for nothing");
    }

    @Override
    public Metrics metrics() {
        return name -> new Counter() {
            @Override
            public void inc(long amount) {
                counters.merge(name, amount, Long::sum);
            }

            @Override
            public void dec(long amount) {
                counters.merge(name, -amount, Long::sum);
            }
        };
    }

    private void call(String what, Object message) {
        calls.add(what);
        messages.add(message);
    }
}
