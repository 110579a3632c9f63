package io.millrace.orchestrator.function;

import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.LiveRecord;
import org.apache.flink.statefun.sdk.io.EgressIdentifier;

/** The egresses, named by what they promise. */
public final class WaysOut {
    /** At least once, at once. */
    public static final EgressIdentifier<LiveRecord> LIVE =
            new EgressIdentifier<>(Addresses.NAMESPACE, "live", LiveRecord.class);
    /** Exactly once, when the checkpoint is complete. */
    public static final EgressIdentifier<CommittedRecord> COMMITTED =
            new EgressIdentifier<>(Addresses.NAMESPACE, "committed", CommittedRecord.class);

    private WaysOut() {}
}
