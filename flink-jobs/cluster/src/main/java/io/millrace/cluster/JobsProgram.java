package io.millrace.cluster;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program of the application: calls the {@code main} of each job once, in an environment that already knows where the
 * job restores from and where its checkpoints go. Runs inside the JobManager.
 *
 * <p>Arguments: {@code --jobs-dir=DIR --job=NAME:MAIN_CLASS...}; the rest goes to every job, followed by
 * {@code --checkpoint-dir=URI}.
 */
public final class JobsProgram {
    private static final Logger LOG = LoggerFactory.getLogger(JobsProgram.class);

    private JobsProgram() {}

    /** @throws Exception when a job may not start, cannot be built or was not taken by the dispatcher */
    public static void main(String[] args) throws Exception {
        ClusterArguments arguments = ClusterArguments.parse(args);
        List<StreamExecutionEnvironment> environments = new ArrayList<>();
        for (ClusterArguments.Job job : arguments.jobs()) {
            environments.add(environment(job, arguments.jobsDir().resolve(job.name())));
        }
        // All environments come first: from here on the context hands out these, not the application's own.
        for (int i = 0; i < environments.size(); i++) {
            ClusterArguments.Job job = arguments.jobs().get(i);
            JobContext.use(environments.get(i));
            submit(job, arguments);
        }
    }

    private static StreamExecutionEnvironment environment(ClusterArguments.Job job, Path folder) throws IOException {
        Files.createDirectories(checkpoints(folder));
        Optional<RestorePoint> newest = RestorePoints.in(folder).newest();
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                checkpoints(folder).toUri().toString());
        configuration.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                folder.resolve("savepoints").toUri().toString());
        if (newest.isPresent()) {
            RestorePoint point = newest.get();
            RunMarker.write(folder, point);
            RestorePoints.in(folder).prune(point);
            configuration.set(
                    StateRecoveryOptions.SAVEPOINT_PATH, point.folder().toUri().toString());
            LOG.info("job={} restore={} checkpoint={}", job.name(), point.folder(), point.checkpointId());
        } else {
            RunMarker.refuseIfPresent(folder, job.name());
            LOG.info("job={} restore=none", job.name());
        }
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    }

    private static Path checkpoints(Path folder) {
        return folder.resolve("checkpoints");
    }

    private static void submit(ClusterArguments.Job job, ClusterArguments arguments) throws Exception {
        List<String> args = new ArrayList<>(arguments.passedOn());
        Path folder = arguments.jobsDir().resolve(job.name());
        args.add("--checkpoint-dir=" + checkpoints(folder).toUri());
        Class<?> main =
                Class.forName(job.mainClass(), true, Thread.currentThread().getContextClassLoader());
        try {
            main.getMethod("main", String[].class).invoke(null, (Object) args.toArray(String[]::new));
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException("job " + job.name() + " could not be submitted", thrown.getCause());
        }
    }
}
