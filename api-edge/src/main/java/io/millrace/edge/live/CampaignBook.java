package io.millrace.edge.live;

import io.millrace.schemas.v1.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest counts of every campaign heard of lately; those that changed longest ago give way. */
final class CampaignBook {
    private static final int MAX_KEPT = 5_000;

    private record Entry(CampaignView view, Place place, long epoch) {}

    private final LinkedHashMap<String, Entry> byId = new LinkedHashMap<>();

    /**
     * Takes the counts of a record. One subtask writes those of a campaign, in order: within an epoch whatever is not a repeat is newer. The
     * version numbers its public events, not its counts.
     *
     * @return what is told, or null when they are older than what is known, or the same
     */
    @Nullable
    LiveEvent apply(LogRecord record) {
        Progress progress = record.progress();
        CampaignView view = viewOf(progress);
        Entry known = byId.get(view.id());
        boolean stale = known != null
                && (progress.getEpoch() < known.epoch
                        || (progress.getEpoch() == known.epoch && view.equals(known.view)));
        if (stale) {
            return null;
        }
        put(new Entry(view, record.place(), progress.getEpoch()));
        return LiveEvent.ofCampaign(record.place(), view);
    }

    static CampaignView viewOf(Progress progress) {
        String id = progress.getCampaignId().isEmpty() ? progress.getTaskId() : progress.getCampaignId();
        return new CampaignView(id, progress.getUserId(), progress.getCampaign());
    }

    /** A campaign was written and has no counts yet. */
    void accepted(CampaignView view, Place at) {
        if (!byId.containsKey(view.id())) {
            put(new Entry(view, at, 0));
        }
    }

    private void put(Entry entry) {
        byId.remove(entry.view.id());
        byId.put(entry.view.id(), entry);
        if (byId.size() > MAX_KEPT) {
            byId.remove(byId.keySet().iterator().next());
        }
    }

    Optional<CampaignView> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::view);
    }

    Optional<Place> place(String id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::place);
    }

    /** Campaigns of a user, or of everybody when null, newest id first. */
    List<CampaignView> of(@Nullable String userId) {
        List<CampaignView> views = new ArrayList<>();
        for (Map.Entry<String, Entry> one : byId.entrySet()) {
            CampaignView view = one.getValue().view;
            if (userId == null || userId.equals(view.userId())) {
                views.add(view);
            }
        }
        views.sort(Comparator.comparing(CampaignView::id).reversed());
        return views;
    }
}
