package io.millrace.local.audit;

import io.millrace.readmodel.row.Row;
import io.millrace.schemas.topic.Topic;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the committed events and the task tables and proves: one end for each life of a task, no gap in its versions, and tables equal
 * to those built anew from the topic. A running system may be audited: what is behind is looked at again until it has settled, and what
 * moves from one look to the next is no finding.
 */
public final class Audit {
    /** What may be over a moment later. */
    private static final Set<FindingKind> PASSING = EnumSet.of(
            FindingKind.LOST_TAIL,
            FindingKind.ROW_MISSING,
            FindingKind.ROW_DIFFERS,
            FindingKind.ROW_UNKNOWN,
            FindingKind.OPEN);

    /** A poster has ten events or so, and takes about 10 KB until it is compared. */
    private static final int EVENTS_AT_ONCE = 250_000;

    /** Tasks by which is seen whether the tables are behind. */
    private static final int PROBES = 100;

    private final AuditSettings settings;
    private final int eventsAtOnce;

    public Audit(AuditSettings settings) {
        this(settings, EVENTS_AT_ONCE);
    }

    /** @param eventsAtOnce how many to keep in memory, about */
    Audit(AuditSettings settings, int eventsAtOnce) {
        this.settings = settings;
        this.eventsAtOnce = eventsAtOnce;
    }

    /** @throws SQLException when the database does not answer */
    public AuditReport run() throws SQLException {
        List<Slice> slices;
        try (LogReader events = new LogReader(settings.kafka(), Topic.EVENTS)) {
            slices = Slice.of(events.records(), eventsAtOnce);
        }
        AuditReport whole = AuditReport.EMPTY;
        for (Slice slice : slices) {
            whole = whole.and(run(slice));
        }
        return whole;
    }

    private AuditReport run(Slice slice) throws SQLException {
        Rebuild rebuild = new Rebuild(slice);
        LiveView live = new LiveView(slice);
        try (LogReader events = new LogReader(settings.kafka(), Topic.EVENTS);
                LogReader progress = new LogReader(settings.kafka(), Topic.PROGRESS);
                TableReader tables = tables()) {
            Instant deadline = Instant.now().plus(settings.settle());
            Map<Finding, Long> before = null;
            while (true) {
                progress.readToEnd(live::add);
                events.readToEnd(rebuild::add);
                boolean last = Instant.now().isAfter(deadline);
                if (last || !behind(rebuild, tables)) {
                    AuditReport report = report(rebuild, live, tables, events.headGone());
                    Map<Finding, Long> now = passing(report, rebuild);
                    if (now.isEmpty() || last && before != null) {
                        return report.without(moved(before, now));
                    }
                    before = now;
                }
                events.readSome(rebuild::add);
            }
        }
    }

    /** Findings that may be over a moment later, with the version that their task had then. */
    private static Map<Finding, Long> passing(AuditReport report, Rebuild rebuild) {
        Map<Finding, Long> passing = new HashMap<>();
        for (Finding finding : report.findings()) {
            if (PASSING.contains(finding.kind())) {
                TaskLife life = rebuild.lives().get(finding.task());
                passing.put(finding, life == null ? 0 : life.last());
            }
        }
        return passing;
    }

    /**
     * Those that did not stand in just this way the last time: events and tables are not read in one moment, and of what moves meanwhile
     * one is ahead.
     */
    private static Set<Finding> moved(@Nullable Map<Finding, Long> before, Map<Finding, Long> now) {
        Map<Finding, Long> moved = new HashMap<>(now);
        if (before != null) {
            moved.entrySet().removeAll(before.entrySet());
        }
        return moved.keySet();
    }

    TableReader tables() throws SQLException {
        return new TableReader(settings.databaseUrl(), settings.databaseUser(), settings.databasePassword());
    }

    /** Whether the tables lack what was committed last: comparing all of them would only hold up those who fill them. */
    private static boolean behind(Rebuild rebuild, TableReader tables) throws SQLException {
        for (Row newest : rebuild.newest(PROBES)) {
            Optional<Row> stored = tables.task(newest.key());
            if (stored.isEmpty() || Rebuild.version(stored.get()) < Rebuild.version(newest)) {
                return true;
            }
        }
        return false;
    }

    private AuditReport report(Rebuild rebuild, LiveView live, TableReader tables, boolean headGone)
            throws SQLException {
        List<Finding> findings = new ArrayList<>(rebuild.unreadable());
        int ended = 0;
        for (TaskLife life : rebuild.lives().values()) {
            findings.addAll(life.findings(headGone));
            if (life.ended() || life.deleted()) {
                ended++;
            } else if (settings.allEnded()) {
                findings.add(new Finding(FindingKind.OPEN, life.task(), "has not ended at version " + life.last()));
            }
        }
        findings.addAll(lostTails(rebuild, live));
        Comparison comparison = new Comparison(rebuild, headGone);
        comparison.run(tables);
        findings.addAll(comparison.findings());
        int tasks = rebuild.lives().size();
        return new AuditReport(
                rebuild.events(), tasks, ended, tasks - ended, comparison.rows(), comparison.older(), findings);
    }

    /** Tasks that people saw go further than anything that was committed. */
    private List<Finding> lostTails(Rebuild rebuild, LiveView live) {
        Duration settle = settings.settle();
        long settled = System.currentTimeMillis() - settle.toMillis();
        List<Finding> findings = new ArrayList<>();
        live.tasks().forEach((task, seen) -> {
            TaskLife life = rebuild.lives().get(task);
            long last = life == null ? 0 : life.last();
            if (seen.version() > last && seen.timeMillis() < settled) {
                String detail =
                        "shown as " + seen.status() + " at version " + seen.version() + ", events end at " + last;
                findings.add(new Finding(FindingKind.LOST_TAIL, task, detail));
            }
        });
        return findings;
    }
}
