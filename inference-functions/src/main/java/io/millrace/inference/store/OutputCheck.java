package io.millrace.inference.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.ItemResult;
import java.io.IOException;
import java.util.Map;

/** Holds what a function made against its contract, before anything is stored or sent. */
public final class OutputCheck {
    static final int MAX_OUTPUT = 256 << 10;
    static final int MAX_FACTS = 32;
    static final int MAX_FACT = 200;

    private static final ObjectMapper JSON = new ObjectMapper();

    private OutputCheck() {}

    /**
     * @param artifacts those that the function was given
     * @throws PhaseFailure INTERNAL, for the function breaks its contract and would again; BAD_INPUT when a text reads like a reference
     */
    public static ItemResult check(String function, PhaseOutput made, RunArtifacts artifacts) throws PhaseFailure {
        byte[] output = bytes(function, made);
        if (output.length > MAX_OUTPUT) {
            throw broken(
                    function,
                    "output is " + output.length + " bytes, the limit is " + MAX_OUTPUT
                            + ": large things belong into the artifact store");
        }
        if (made.facts().size() > MAX_FACTS) {
            throw broken(function, "it states " + made.facts().size() + " facts, the limit is " + MAX_FACTS);
        }
        for (Map.Entry<String, String> fact : made.facts().entrySet()) {
            if (fact.getValue().length() > MAX_FACT) {
                throw broken(
                        function,
                        "fact " + fact.getKey() + " has " + fact.getValue().length() + " characters, the limit is "
                                + MAX_FACT);
            }
        }
        requireArtifacts(function, made, artifacts);
        return ItemResult.newBuilder()
                .setOutput(ByteString.copyFrom(output))
                .putAllFacts(made.facts())
                .build();
    }

    private static byte[] bytes(String function, PhaseOutput made) throws PhaseFailure {
        try {
            return JSON.writeValueAsBytes(made.output());
        } catch (JsonProcessingException e) {
            throw broken(function, "output cannot be written as JSON: " + e.getOriginalMessage());
        }
    }

    // Later phases and readers would meet the missing blob far from its cause.
    private static void requireArtifacts(String function, PhaseOutput made, RunArtifacts artifacts)
            throws PhaseFailure {
        for (ArtifactRef ref : References.in(made.output())) {
            if (!artifacts.known(ref)) {
                throw artifacts.mentioned(ref)
                        ? new PhaseFailure(
                                ErrorCode.BAD_INPUT,
                                "a text among the parameters holds \"" + ref
                                        + "\", which reads like a reference to an artifact:" + " leave it out")
                        : broken(function, "output refers to " + ref + ", which it neither stored nor was given");
            }
            try {
                if (artifacts.size(ref).isEmpty()) {
                    throw broken(function, "output refers to " + ref + ", which is not in the artifact store");
                }
            } catch (IOException e) {
                throw new PhaseFailure(ErrorCode.UNAVAILABLE, "the artifact store cannot be read: " + e);
            }
        }
    }

    private static PhaseFailure broken(String function, String how) {
        return new PhaseFailure(ErrorCode.INTERNAL, "function " + function + " broke its contract: " + how);
    }
}
