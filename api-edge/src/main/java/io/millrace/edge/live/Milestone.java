package io.millrace.edge.live;

/**
 * One line of a task's history.
 *
 * @param attempt fence of the task
 * @param number number of the step
 * @param version version of the event that goes with it
 * @param status wire name of the status
 * @param phase phase after the step
 * @param progress 0 to 100
 * @param message what people see
 * @param timeMillis milliseconds since 1970
 */
public record Milestone(
        int attempt,
        int number,
        long version,
        String status,
        String phase,
        int progress,
        String message,
        long timeMillis) {
    static Milestone of(TaskView view) {
        return new Milestone(
                view.attempt(),
                view.number(),
                view.step().getVersion(),
                view.step().getStatus(),
                view.step().getPhase(),
                view.step().getProgress(),
                view.step().getMessage(),
                view.timeMillis());
    }
}
