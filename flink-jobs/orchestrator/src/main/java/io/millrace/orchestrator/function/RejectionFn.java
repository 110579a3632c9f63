package io.millrace.orchestrator.function;

import io.millrace.schemas.v1.RejectedRecord;
import org.apache.flink.statefun.sdk.Context;
import org.apache.flink.statefun.sdk.StatefulFunction;

/** {@code millrace/rejection}, id {@code r:TOPIC/PARTITION}: takes records that are no commands to the exact way out. Keeps nothing. */
final class RejectionFn implements StatefulFunction {
    @Override
    public void invoke(Context context, Object input) {
        if (!(input instanceof RejectedRecord rejected)) {
            Defect.unexpected(context, input);
            return;
        }
        Effects.reject(context, rejected);
    }
}
