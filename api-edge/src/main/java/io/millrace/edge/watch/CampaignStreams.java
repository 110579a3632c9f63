package io.millrace.edge.watch;

import io.millrace.edge.access.Caller;
import io.millrace.edge.campaign.Campaigns;
import io.millrace.edge.live.CampaignView;
import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.Outlook;
import io.millrace.edge.live.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Streams of campaigns: counts as they change, each task's end as it comes, and an end of their own. */
@Component
final class CampaignStreams {
    private final Hub hub;
    private final Streams streams;
    private final Campaigns campaigns;
    private final Replay replay;

    CampaignStreams(Hub hub, Streams streams, Campaigns campaigns, Replay replay) {
        this.hub = hub;
        this.streams = streams;
        this.campaigns = campaigns;
        this.replay = replay;
    }

    /** Fails with 403, 404 or 503 before it begins, 400 when the cursor is none; over when the cursor stands at the campaign's end. */
    Mono<Streams.Stream> of(Caller caller, String id, @Nullable String cursor) {
        return Mono.defer(() -> {
            caller.reach().requireCampaign(id);
            Place after = Streams.place(cursor);
            return campaigns.find(caller, id).map(view -> stream(caller, view, after));
        });
    }

    private Streams.Stream stream(Caller caller, CampaignView view, @Nullable Place after) {
        Optional<Place> place = hub.ask(outlook -> outlook.campaignPlace(view.id()));
        boolean over = view.ended()
                && after != null
                && place.map(end -> end.partition() == after.partition() && !end.after(after))
                        .orElse(true);
        if (over) {
            return new Streams.Stream(true, Flux.empty());
        }
        Hub.Scope scope = new Hub.Scope.OneCampaign(view.id());
        int partition = place.map(Place::partition).orElseGet(() -> Hub.partitionOf(view.userId()));
        Flux<LiveEvent> events = streams.opened(scope, partition, opening -> before(scope, opening, view, after));
        return new Streams.Stream(false, streams.until(caller, events.takeUntil(event -> isEndOf(view.id(), event))));
    }

    private static boolean isEndOf(String campaignId, LiveEvent event) {
        return event.campaignId().equals(campaignId) && event.name().equals("campaign_complete");
    }

    /** What comes before the live events. */
    private Flux<LiveEvent> before(Hub.Scope scope, Hub.Opening opening, CampaignView found, @Nullable Place after) {
        if (after == null) {
            return Flux.fromIterable(beginning(opening, found));
        }
        return replay.between(scope, found.userId(), after, opening).flatMapMany(result -> {
            List<LiveEvent> events = new ArrayList<>();
            if (result.gap() == null) {
                events.addAll(result.events());
            } else {
                events.add(result.gap());
                events.addAll(beginning(opening, found));
            }
            return Flux.fromIterable(events);
        });
    }

    private List<LiveEvent> beginning(Hub.Opening opening, CampaignView found) {
        CampaignView view = hub.ask((Outlook outlook) -> outlook.campaign(found.id()))
                .filter(live -> !found.newerThan(live))
                .orElse(found);
        Place end = new Place(opening.end().cursor(), 0);
        List<LiveEvent> events = new ArrayList<>();
        events.add(new LiveEvent(end, view.id(), view.userId(), new LiveEvent.CampaignShown(view)));
        if (view.ended()) {
            events.add(new LiveEvent(end, view.id(), view.userId(), new LiveEvent.CampaignCounted(view)));
        }
        return events;
    }
}
