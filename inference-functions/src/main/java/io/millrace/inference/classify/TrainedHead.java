package io.millrace.inference.classify;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.model.head.Head;
import io.millrace.inference.model.head.HeadFile;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.task.ErrorCode;
import java.io.IOException;
import java.util.Optional;

/** Reads the classifier that a task names. */
public final class TrainedHead {
    private static final long MAX_BYTES = 8L << 20;

    private TrainedHead() {}

    /**
     * Reads it from the artifact store.
     *
     * @param ref {@code model} of a train task's result
     * @param features version of the network whose features it must stand on
     * @throws PhaseFailure BAD_INPUT when it names none that fits the network of this installation
     */
    public static Head read(PhaseContext context, String ref, String features) throws PhaseFailure {
        byte[] file = bytes(context, ref);
        try {
            Head head = HeadFile.read(file);
            if (!head.features().equals(features)) {
                throw PhaseFailure.badInput(
                        "model", "was trained over " + head.features() + ", here is " + features + ": train it again");
            }
            return head;
        } catch (IOException e) {
            throw PhaseFailure.badInput("model", "is " + e.getMessage());
        }
    }

    private static byte[] bytes(PhaseContext context, String ref) throws PhaseFailure {
        try {
            ArtifactRef artifact = ArtifactRef.parse(ref);
            Optional<Long> size = context.artifacts().size(artifact);
            if (size.isEmpty() || size.get() > MAX_BYTES) {
                throw PhaseFailure.badInput(
                        "model", "names no trained classifier: send the model of a train task's result");
            }
            return context.artifacts().read(artifact);
        } catch (IllegalArgumentException e) {
            throw PhaseFailure.badInput("model", "must be the sha256: reference in a train task's result");
        } catch (IOException e) {
            throw new PhaseFailure(ErrorCode.UNAVAILABLE, "artifact store: " + e.getMessage());
        }
    }
}
