package io.millrace.local.audit;

/** What an audit can find, and what to do about it. */
public enum FindingKind {
    /** A record of the events topic that the read model cannot take. */
    UNREADABLE("look at tasks.rejected.v1"),
    /** Two records with one version. */
    DUPLICATE("a defect of the exactly-once sink: report it with the task id"),
    /** Versions are missing, and no snapshot has come after them. */
    GAP("./millrace audit --repair asks the task to send itself in full"),
    /** A task ended twice without a recovery between. */
    TWO_ENDS("a defect of the orchestrator: report it with the task id"),
    /** Something happened to a task after its end. */
    AFTER_END("a defect of the orchestrator: report it with the task id"),
    /** The live view went further than the committed events. */
    LOST_TAIL("./millrace audit --repair asks the task to send itself in full"),
    /** The task has not ended, and it was said that all have. */
    OPEN("./millrace audit --repair asks the orchestrator whether it knows the task"),
    /** The topic has it, the tables do not. */
    ROW_MISSING("start the read model without state: it reads the topic again"),
    /** The tables have it, the topic does not. */
    ROW_UNKNOWN("./millrace audit --repair asks the orchestrator whether it knows the task"),
    /** The row is not the one that the events come to. */
    ROW_DIFFERS("empty the task tables and start the read model without state");

    private final String remedy;

    FindingKind(String remedy) {
        this.remedy = remedy;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }

    /** Whether a repair has a question to ask the orchestrator. */
    boolean asks() {
        return this == GAP || this == LOST_TAIL || this == OPEN || this == ROW_UNKNOWN;
    }
}
