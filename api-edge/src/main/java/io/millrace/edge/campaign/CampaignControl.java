package io.millrace.edge.campaign;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.body.Fields;
import io.millrace.edge.command.Commander;
import io.millrace.edge.control.Control;
import io.millrace.edge.live.CampaignView;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.v1.CancelCampaign;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.TaskCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Moves a campaign as a whole: cancels what has not ended, retries what failed. */
@Component
final class CampaignControl {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignControl.class);
    private static final int PAGE = 200;
    private static final int AT_ONCE = 32;

    private final Campaigns campaigns;
    private final CampaignStore store;
    private final Commander commander;
    private final Control control;
    private final Set<String> retrying = ConcurrentHashMap.newKeySet();

    CampaignControl(Campaigns campaigns, CampaignStore store, Commander commander, Control control) {
        this.campaigns = campaigns;
        this.store = store;
        this.commander = commander;
        this.control = control;
    }

    private Mono<CampaignView> owned(Caller caller, String id) {
        return campaigns.find(caller, id).doOnNext(view -> caller.requireControl(view.userId(), "campaign " + id));
    }

    /** Cancels the rows that have not ended; fails with 400 and the reason when the campaign is over. */
    Mono<ObjectNode> cancel(Caller caller, String id, byte[] body) {
        return Mono.defer(() -> {
            String reason = reason(body);
            return owned(caller, id).flatMap(view -> {
                TaskCommand command = commander
                        .command("cancel", id, view.userId())
                        .setCancelCampaign(CancelCampaign.newBuilder()
                                .setRequestedBy(caller.label())
                                .setReason(reason))
                        .build();
                return commander
                        .accepted(caller, command)
                        .map(answer -> cancelled(view, answer))
                        .defaultIfEmpty(answer(id, false, "the cancel was written and is not decided yet")
                                .put("previous_status", view.status()));
            });
        });
    }

    private static ObjectNode cancelled(CampaignView view, CommandAnswer answer) {
        String before = answer.getPreviousStatus().isEmpty() ? view.status() : answer.getPreviousStatus();
        return answer(view.id(), true, "what has not ended is being cancelled")
                .put("previous_status", before)
                .put("open", view.open());
    }

    /** Recovers the rows that failed, in the background; a second request while one is under way changes nothing. */
    Mono<ObjectNode> retryFailed(Caller caller, String id) {
        return owned(caller, id)
                .flatMap(view -> store.failedCount(id).map(count -> {
                    if (count == 0) {
                        throw Problem.conflict("campaign " + id + " has no failed rows", "There is nothing to retry.");
                    }
                    boolean begins = retrying.add(id);
                    if (begins) {
                        retry(caller, view);
                    }
                    return answer(id, true, begins ? "the failed rows are being retried" : "a retry is under way")
                            .put("failed_rows", count);
                }));
    }

    private void retry(Caller caller, CampaignView view) {
        page(view.id(), "")
                .expand(page -> page.size() < PAGE ? Mono.empty() : page(view.id(), page.get(PAGE - 1)))
                .concatMapIterable(page -> page)
                .flatMap(
                        taskId -> control.recover(caller, view.userId(), taskId, "retry:" + view.id())
                                .onErrorReturn(Problem.class, false),
                        AT_ONCE)
                .filter(Boolean::booleanValue)
                .count()
                .doFinally(end -> retrying.remove(view.id()))
                .subscribe(
                        accepted -> LOG.info("event=campaign_retried campaign={} rows={}", view.id(), accepted),
                        failure -> LOG.warn(
                                "event=campaign_retry_failed campaign={} error={}", view.id(), failure.toString()));
    }

    private Flux<List<String>> page(String id, String after) {
        return store.failed(id, after, PAGE).flux();
    }

    private static String reason(byte[] body) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(Bodies.objectOrEmpty(body), "", problems);
        String reason = fields.text("reason", 0, 500);
        fields.refuseUnknown();
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return Objects.requireNonNullElse(reason, "");
    }

    private static ObjectNode answer(String id, boolean success, String message) {
        return Json.object().put("success", success).put("campaign_id", id).put("message", message);
    }
}
