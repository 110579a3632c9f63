package io.millrace.edge.problem;

import io.rsocket.exceptions.ApplicationErrorException;

/** Failures as RSocket errors: the message is the problem document. */
public final class RSocketProblems {
    private RSocketProblems() {}

    public static Throwable of(Throwable failure) {
        return new ApplicationErrorException(
                ProblemWriter.problemOf(failure).json().toString());
    }
}
