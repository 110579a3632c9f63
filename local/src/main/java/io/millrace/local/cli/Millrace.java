package io.millrace.local.cli;

import io.millrace.local.UserError;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root command. Errors that a person can mend are one sentence; others name their kind and ask for a log. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        version = "millrace 0.1.0",
        description = "AI generation tasks as a stream: the whole system on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            SubmitCommand.class,
            WatchCommand.class,
            CancelCommand.class,
            DeleteCommand.class,
            DeriveCommand.class,
            CleanupCommand.class,
            BatchCommand.class,
            CampaignCommand.class,
            PresetCommand.class,
            CoverCommand.class,
            LanesCommand.class,
            QueueCommand.class,
            TokenCommand.class,
            KeyCommand.class,
            AuditCommand.class,
            ResetCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done",
            " 1:it failed; the message says why",
            " 2:the command line is wrong",
            " 3:the stack is not up (status only)"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  MILLRACE_HOME       folder of the stack (default: .millrace in the repository)",
            "  MILLRACE_PORT_BASE  first of nine ports on 127.0.0.1 (default: 7400)",
            "  MILLRACE_DEBUG      set to 1 for stack traces"
        })
public final class Millrace {
    private Millrace() {}

    /** Runs a command line. @return the exit code */
    public static int run(String... args) {
        CommandLine commandLine = new CommandLine(new Millrace());
        MoveCommand.addTo(commandLine);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command.getErr()));
        if (args.length == 0) {
            commandLine.usage(commandLine.getOut());
            return CommandLine.ExitCode.USAGE;
        }
        return commandLine.execute(args);
    }

    private static int report(Exception failure, PrintWriter err) {
        if (System.getenv("MILLRACE_DEBUG") != null) {
            failure.printStackTrace(err);
        } else if (failure instanceof UserError || failure instanceof IllegalArgumentException) {
            err.println("millrace: " + failure.getMessage());
        } else {
            err.println("millrace: " + failure + "; MILLRACE_DEBUG=1 shows where");
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
