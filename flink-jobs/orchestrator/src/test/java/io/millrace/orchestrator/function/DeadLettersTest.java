package io.millrace.orchestrator.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.RejectedRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    @Test
    void whatIsSmallIsKeptAsItCame() {
        RejectedRecord small = record(100, DeadLetters.MAX_VALUE, "not a TaskCommand");

        assertThat(DeadLetters.bounded(small)).isSameAs(small);
    }

    @Test
    void ofWhatIsLargeTheFirstBytesAreKeptAndTheReasonSaysSo() {
        FakeContext context = new FakeContext(Addresses.rejection("tasks.commands.v1", 0));

        Effects.reject(context, record(1 << 20, 4 << 20, "x".repeat(100_000)));

        RejectedRecord kept = ((CommittedRecord) context.messages.get(0)).getRejected();
        assertThat(kept.getSerializedSize()).isLessThan(1_100_000);
        assertThat(kept.getValue().size()).isEqualTo(1 << 20);
        assertThat(kept.getReason())
                .startsWith("xxx")
                .endsWith(
                        " (of the value the first 1048576 of 4194304 bytes) (of the key the first 16384 of 1048576 bytes)");
    }

    private static RejectedRecord record(int key, int value, String reason) {
        return RejectedRecord.newBuilder()
                .setKey(ByteString.copyFrom(new byte[key]))
                .setValue(ByteString.copyFrom(new byte[value]))
                .setSource("tasks.commands.v1")
                .setReason(reason)
                .build();
    }
}
