package io.millrace.edge.campaign;

import io.millrace.edge.access.Caller;
import io.millrace.edge.command.CommandLog;
import io.millrace.edge.fetch.Pictures;
import io.millrace.edge.live.CampaignView;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.submit.OnceKeys;
import io.millrace.edge.submit.SubmissionReader;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.v1.CampaignStep;
import io.millrace.schemas.v1.StartCampaign;
import io.millrace.schemas.v1.TaskCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes campaigns in: reads and validates the whole body first, then writes all of it in one transaction. */
@Component
final class CampaignStart {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignStart.class);

    private final CampaignReader reader;
    private final CampaignLog log;
    private final CommandLog commands;
    private final OnceKeys keys;
    private final Campaigns campaigns;
    private final Hub hub;
    private final Clock clock;

    CampaignStart(
            SubmissionReader submissions,
            Pictures pictures,
            CampaignLog log,
            CommandLog commands,
            OnceKeys keys,
            Campaigns campaigns,
            Hub hub,
            Clock clock) {
        this.reader = new CampaignReader(submissions, pictures);
        this.log = log;
        this.commands = commands;
        this.keys = keys;
        this.campaigns = campaigns;
        this.hub = hub;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param repeated an earlier request with this key had made the campaign
     */
    record Started(CampaignView view, boolean repeated) {}

    /**
     * Starts a campaign for the caller; blocks while it reads, so call it where that is allowed.
     *
     * @param lines name of a campaign whose body is JSON Lines; null: the body is one JSON object
     * @param key Idempotency-Key; null when the caller does not mind repeats
     */
    Mono<Started> start(Caller caller, Path body, @Nullable String lines, @Nullable String key) {
        long now = clock.millis();
        if (key == null) {
            return write(caller, body, lines, CampaignId.at(now), now);
        }
        return keys.campaign(caller.userId(), key, hash(body), now)
                .flatMap(id -> known(caller, id)
                        .map(view -> new Started(view, true))
                        .switchIfEmpty(Mono.defer(() -> write(caller, body, lines, id, now))
                                .subscribeOn(Schedulers.boundedElastic())));
    }

    /** Empty when the campaign is not known to be there: it is then written, again if need be, which changes nothing. */
    private Mono<CampaignView> known(Caller caller, CampaignId id) {
        return campaigns.find(caller, id.value()).onErrorComplete(Problem.class);
    }

    private Mono<Started> write(Caller caller, Path body, @Nullable String lines, CampaignId id, long now) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> Files.createTempFile("millrace-rows", null)),
                rows -> {
                    CampaignReader.Order order = new CampaignReader.Order(id, caller.userId(), now, "");
                    CampaignReader.Read read = read(body, lines, order, rows);
                    TaskCommand start = start(order, read);
                    return log.write(start, rows)
                            .then(ahead(start))
                            .then(Mono.fromSupplier(() -> accepted(order, start)));
                },
                rows -> Mono.fromCallable(() -> Files.deleteIfExists(rows)).subscribeOn(Schedulers.boundedElastic()));
    }

    /**
     * Says the start once more where single commands go. The one among the rows may be read after ten thousand of them, and until a
     * campaign is known to have begun nobody is told its counts. It changes nothing when this does not go through.
     */
    private Mono<Void> ahead(TaskCommand start) {
        return commands.append(start).onErrorResume(failure -> {
            LOG.warn("event=campaign_start_not_ahead campaign={} error={}", start.getTaskId(), failure.toString());
            return Mono.empty();
        });
    }

    private CampaignReader.Read read(Path body, @Nullable String lines, CampaignReader.Order order, Path rows) {
        try {
            return reader.read(body, lines, order, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "campaign " + order.id() + " could not be kept on disk while it was read", e);
        }
    }

    private static TaskCommand start(CampaignReader.Order order, CampaignReader.Read read) {
        return TaskCommand.newBuilder()
                .setCommandId("start:" + order.id())
                .setTaskId(order.id().value())
                .setUserId(order.userId())
                .setIssuedAtMs(order.nowMillis())
                .setStartCampaign(StartCampaign.newBuilder()
                        .setName(read.name())
                        .setTotal(read.total())
                        .setType(read.type())
                        .setCreatedAtMs(order.nowMillis()))
                .build();
    }

    private Started accepted(CampaignReader.Order order, TaskCommand start) {
        StartCampaign campaign = start.getStartCampaign();
        CampaignStep step = CampaignStep.newBuilder()
                .setName(campaign.getName())
                .setType(campaign.getType())
                .setTotal(campaign.getTotal())
                .setCreatedAtMs(campaign.getCreatedAtMs())
                .build();
        CampaignView view = new CampaignView(order.id().value(), order.userId(), step);
        hub.accepted(view);
        LOG.info("event=campaign_accepted campaign={} rows={}", view.id(), campaign.getTotal());
        return new Started(hub.campaign(view.id()).orElse(view), false);
    }

    private static String hash(Path body) {
        try (InputStream in = Files.newInputStream(body);
                DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
