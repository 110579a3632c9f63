package io.millrace.cluster;

import java.nio.file.Path;
import org.apache.flink.client.deployment.application.ApplicationClusterEntryPoint;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.entrypoint.ClusterEntrypoint;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.runtime.util.JvmShutdownSafeguard;
import org.apache.flink.runtime.util.SignalHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JobManager of a standalone cluster in application mode: its jobs are part of the process, so that a restart of the
 * process is all it takes to have them run again, each from its newest complete checkpoint or savepoint.
 *
 * <p>Arguments: see {@link JobsProgram}; {@code --config-dir=DIR} names the folder with Flink's {@code config.yaml}.
 * The process ends with code 0 when every job has finished (as after stop-with-savepoint), otherwise when one has failed.
 */
public final class ClusterMain extends ApplicationClusterEntryPoint {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMain.class);

    private ClusterMain(Configuration configuration, PackagedProgram program) {
        super(configuration, program, StandaloneResourceManagerFactory.getInstance());
    }

    /** @throws Exception when an argument or the configuration is wrong: nothing has been started then */
    public static void main(String[] args) throws Exception {
        EnvironmentInformation.logEnvironmentInfo(LOG, ClusterMain.class.getSimpleName(), new String[0]);
        SignalHandler.register(LOG);
        JvmShutdownSafeguard.installAsShutdownHook(LOG);

        ClusterArguments arguments = ClusterArguments.parse(args);
        Configuration configuration =
                GlobalConfiguration.loadConfiguration(arguments.configDir().toString());
        PackagedProgram program = PackagedProgram.newBuilder()
                .setEntryPointClassName(JobsProgram.class.getName())
                .setArguments(args)
                .build();
        configureExecution(configuration, program);
        for (ClusterArguments.Job job : arguments.jobs()) {
            Path folder = arguments.jobsDir().resolve(job.name());
            RunMarker.watch(folder);
        }
        ClusterEntrypoint.runClusterEntrypoint(new ClusterMain(configuration, program));
    }
}
