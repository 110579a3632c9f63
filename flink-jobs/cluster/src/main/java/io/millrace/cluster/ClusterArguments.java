package io.millrace.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the JobManager was told to run.
 *
 * @param configDir folder with Flink's {@code config.yaml}
 * @param jobsDir one folder for each job lies here, with its {@code checkpoints/} and {@code savepoints/}
 * @param jobs in the order in which they are submitted, at least one
 * @param passedOn arguments for every job, as given
 */
record ClusterArguments(Path configDir, Path jobsDir, List<Job> jobs, List<String> passedOn) {
    private static final String CONFIG_DIR = "--config-dir=";
    private static final String JOBS_DIR = "--jobs-dir=";
    private static final String JOB = "--job=";

    /**
     * @param name name of the job's folder
     * @param mainClass class with the {@code main} that submits it
     */
    record Job(String name, String mainClass) {}

    ClusterArguments {
        jobs = List.copyOf(jobs);
        passedOn = List.copyOf(passedOn);
    }

    /** @throws IllegalArgumentException when one of {@code --config-dir, --jobs-dir, --job=NAME:CLASS} is missing or malformed */
    static ClusterArguments parse(String[] args) {
        Optional<Path> configDir = Optional.empty();
        Optional<Path> jobsDir = Optional.empty();
        List<Job> jobs = new ArrayList<>();
        List<String> passedOn = new ArrayList<>();
        for (String arg : args) {
            if (arg.startsWith(CONFIG_DIR)) {
                configDir = Optional.of(Path.of(arg.substring(CONFIG_DIR.length())));
            } else if (arg.startsWith(JOBS_DIR)) {
                jobsDir = Optional.of(Path.of(arg.substring(JOBS_DIR.length())));
            } else if (arg.startsWith(JOB)) {
                jobs.add(job(arg.substring(JOB.length())));
            } else {
                passedOn.add(arg);
            }
        }
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("no job: give at least one --job=NAME:MAIN_CLASS");
        }
        return new ClusterArguments(
                configDir.orElseThrow(() -> missing(CONFIG_DIR)),
                jobsDir.orElseThrow(() -> missing(JOBS_DIR)),
                jobs,
                passedOn);
    }

    private static Job job(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new IllegalArgumentException("--job must be NAME:MAIN_CLASS, not " + text);
        }
        return new Job(text.substring(0, colon), text.substring(colon + 1));
    }

    private static IllegalArgumentException missing(String option) {
        return new IllegalArgumentException("the option " + option + "DIR is missing");
    }
}
