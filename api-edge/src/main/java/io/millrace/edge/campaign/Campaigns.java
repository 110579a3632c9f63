package io.millrace.edge.campaign;

import io.millrace.edge.access.Caller;
import io.millrace.edge.live.CampaignView;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.ReadThrough;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.task.CampaignId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds campaigns: the newer of what the live view and the read model know, for those who may see it. */
@Component
public final class Campaigns {
    private final Hub hub;
    private final CampaignStore store;
    private final ReadThrough readThrough;

    Campaigns(Hub hub, CampaignStore store, ReadThrough readThrough) {
        this.hub = hub;
        this.store = store;
        this.readThrough = readThrough;
    }

    /**
     * A page.
     *
     * @param next id to go on below; null on the last page
     * @param complete false while the database is down: then only live campaigns are listed
     */
    record Page(List<CampaignView> campaigns, @Nullable String next, boolean complete) {}

    /** Fails with 404 when nobody knows the campaign, 403 when it is somebody else's, 503 when that cannot be said now. */
    public Mono<CampaignView> find(Caller caller, String id) {
        if (!CampaignId.isCampaignId(id)) {
            return Mono.error(Problem.notFound("this campaign"));
        }
        return look(id).switchIfEmpty(Mono.defer(() -> readThrough.toEnd().then(look(id))))
                .switchIfEmpty(Mono.error(() -> Problem.notFound("campaign " + id)))
                .doOnNext(view -> caller.requireSight(view.userId(), "campaign " + id));
    }

    private Mono<CampaignView> look(String id) {
        return Mono.defer(() -> {
            Optional<CampaignView> live = hub.campaign(id);
            // With counts in it, the live view is never behind the rows.
            return live.filter(view -> view.step().getVersion() > 0)
                    .map(Mono::just)
                    .orElseGet(() -> store.find(id)
                            .onErrorResume(Problem.class, down -> live.isPresent() ? Mono.empty() : Mono.error(down))
                            .switchIfEmpty(Mono.justOrEmpty(live)));
        });
    }

    /** Campaigns of a user, or of everybody when null, with ids below one, newest first. */
    Mono<Page> page(@Nullable String userId, @Nullable String before, int limit) {
        List<CampaignView> live = hub.campaignsOf(userId).stream()
                .filter(view -> before == null || view.id().compareTo(before) < 0)
                .toList();
        return store.page(userId, before, limit + 1)
                .map(rows -> merged(rows, live, limit))
                .onErrorResume(
                        Problem.class, down -> live.isEmpty() ? Mono.error(down) : Mono.just(cut(live, limit, false)));
    }

    private static Page merged(List<CampaignView> rows, List<CampaignView> live, int limit) {
        boolean more = rows.size() > limit;
        String lowest = more ? rows.get(limit - 1).id() : "";
        Map<String, CampaignView> byId = new TreeMap<>(java.util.Comparator.reverseOrder());
        rows.forEach(row -> byId.put(row.id(), row));
        live.stream()
                .filter(view -> view.id().compareTo(lowest) >= 0)
                .forEach(view -> byId.merge(view.id(), view, (row, now) -> row.newerThan(now) ? row : now));
        return cut(List.copyOf(byId.values()), limit, true);
    }

    private static Page cut(List<CampaignView> views, int limit, boolean complete) {
        boolean more = views.size() > limit;
        List<CampaignView> page = more ? views.subList(0, limit) : views;
        return new Page(page, more ? page.get(limit - 1).id() : null, complete);
    }
}
