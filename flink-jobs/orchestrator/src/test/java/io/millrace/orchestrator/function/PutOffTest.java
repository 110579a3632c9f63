package io.millrace.orchestrator.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Moment;
import io.millrace.engine.lane.LaneMachine;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.workflow.Definitions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PutOffTest {
    @Test
    void aMessageToALaneThatIsNoLongerDefinedComesAgain() {
        LaneFn lane = new LaneFn(
                new LaneMachine(Definitions.shipped()),
                new Effects(new Addresses(1)),
                () -> new Moment(1_790_000_000_000L, 1));
        LaneMessage message = LaneMessage.newBuilder()
                .setEnqueue(LaneEntry.newBuilder().setTaskId("task"))
                .build();
        FakeContext context = new FakeContext(Addresses.lane("words"));

        lane.invoke(context, message);

        assertThat(context.calls).containsExactly("after 10000 l:words");
        assertThat(context.messages).containsExactly(message);
        assertThat(context.counters).containsOnly(Map.entry("put_off", 1L));
    }
}
