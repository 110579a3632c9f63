package io.millrace.edge.problem;

import io.rsocket.exceptions.ApplicationErrorException;
import io.rsocket.exceptions.CustomRSocketException;

/** Failures as RSocket errors: the message is the problem document, or of a stream that the edge closes the event {@code closed}. */
public final class RSocketProblems {
    private RSocketProblems() {}

    public static Throwable of(Throwable failure) {
        if (failure instanceof StreamClosed closed) {
            return new CustomRSocketException(
                    closed.reason().code(), closed.reason().json().toString());
        }
        return new ApplicationErrorException(
                ProblemWriter.problemOf(failure).json().toString());
    }
}
