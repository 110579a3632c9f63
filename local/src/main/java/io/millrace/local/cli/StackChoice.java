package io.millrace.local.cli;

import io.millrace.local.LocalStack;
import io.millrace.local.StackOptions;
import io.millrace.local.UserError;
import io.millrace.local.client.EdgeClient;
import io.millrace.local.client.ProgressStream;
import io.millrace.local.home.CodeBase;
import io.millrace.local.home.PortPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Which stack a command is about: from {@code MILLRACE_HOME} and {@code MILLRACE_PORT_BASE}. */
final class StackChoice {
    static final String DEMO_USER = "demo";

    private StackChoice() {}

    static Path home() {
        return Optional.ofNullable(System.getenv("MILLRACE_HOME"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(() -> CodeBase.find().root().resolve(".millrace"));
    }

    static LocalStack stack() throws IOException {
        return LocalStack.at(home(), portBase());
    }

    static LocalStack start(StackOptions options) throws IOException, InterruptedException {
        return LocalStack.start(home(), portBase(), options);
    }

    static EdgeClient edge(LocalStack stack, String user) {
        return new EdgeClient(stack.setup().edgeUrl(), stack.token(user, "user"));
    }

    static ProgressStream progress(LocalStack stack, String user) {
        return new ProgressStream("127.0.0.1", stack.setup().ports().rsocket(), stack.token(user, "user"));
    }

    private static int portBase() {
        String text = System.getenv("MILLRACE_PORT_BASE");
        if (text == null || text.isBlank()) {
            return PortPlan.DEFAULT_BASE;
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException noNumber) {
            throw new UserError("MILLRACE_PORT_BASE must be a number such as 7400, not " + text + ".");
        }
    }
}
