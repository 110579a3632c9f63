package io.millrace.local;

import io.millrace.local.cli.Millrace;

/** What {@code ./millrace} runs. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(Millrace.run(args));
    }
}
