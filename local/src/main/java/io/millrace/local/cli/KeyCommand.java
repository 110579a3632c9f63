package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.LocalStack;
import io.millrace.local.client.EdgeClient;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** API keys of this stack, for programs that cannot fetch tokens. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = "Make, list and revoke API keys.",
        synopsisSubcommandLabel = "(create | list | revoke)",
        subcommands = {KeyCommand.Create.class, KeyCommand.Show.class, KeyCommand.Revoke.class})
final class KeyCommand implements Callable<Integer> {
    private static final String KEYS = "/api/v1/auth/keys";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new Show().call();
    }

    private static EdgeClient admin() throws IOException {
        LocalStack stack = StackChoice.stack();
        return new EdgeClient(stack.setup().edgeUrl(), stack.token("admin", "admin"));
    }

    /** Prints the key alone, so that it can be put into a variable. */
    @Command(name = "create", mixinStandardHelpOptions = true, description = "Make a key; it is shown this once.")
    static final class Create implements Callable<Integer> {
        @Option(names = "--user", description = "Who the bearer is (default: ${DEFAULT-VALUE}).")
        private String user = StackChoice.DEMO_USER;

        @Option(names = "--role", description = "user, service or admin (default: ${DEFAULT-VALUE}).")
        private String role = "user";

        @Option(names = "--read-only", description = "The key reads and changes nothing.")
        private boolean readOnly;

        @Option(names = "--name", description = "What it is for.")
        private String name = "";

        @Override
        public Integer call() throws IOException, InterruptedException {
            ObjectNode wanted = JSON.createObjectNode()
                    .put("user_id", user)
                    .put("role", role)
                    .put("scopes", readOnly ? "read" : "read write")
                    .put("name", name);
            JsonNode made = admin().post(KEYS, wanted.toString());
            System.out.println(made.path("key").asText());
            System.err.println("id " + made.path("id").asText() + ": keep the key, it is not shown again");
            return 0;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Show who holds keys.")
    static final class Show implements Callable<Integer> {
        private static final String ROW = "%-40s %-16s %-8s %-11s %-24s %s%n";

        @Override
        public Integer call() throws IOException, InterruptedException {
            System.out.printf(Locale.ROOT, ROW, "ID", "USER", "ROLE", "SCOPES", "REVOKED", "NAME");
            for (JsonNode key : Pages.all(admin(), KEYS, "keys")) {
                System.out.printf(
                        Locale.ROOT,
                        ROW,
                        key.path("id").asText(),
                        key.path("user_id").asText(),
                        key.path("role").asText(),
                        key.path("scopes").asText(),
                        key.path("revoked_at").asText("-"),
                        key.path("name").asText());
            }
            return 0;
        }
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "End a key: refused within 30 s.")
    static final class Revoke implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "Id of the key, as list shows it.")
        private String id = "";

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (!id.matches("[A-Za-z0-9_-]{1,60}")) {
                throw new IllegalArgumentException("that is no id of a key; ./millrace key list shows them");
            }
            admin().delete(KEYS + "/" + id);
            System.out.println("revoked " + id);
            return 0;
        }
    }
}
