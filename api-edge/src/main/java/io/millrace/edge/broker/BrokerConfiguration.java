package io.millrace.edge.broker;

import io.millrace.edge.campaign.CampaignLog;
import io.millrace.edge.command.CommandAnswers;
import io.millrace.edge.command.CommandLog;
import io.millrace.edge.delivery.DeliveryQueue;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.config.KafkaAccess;
import java.time.Clock;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Wires the edge to Kafka. The profile {@code detached} leaves it out: tests put their own logs in its place. */
@Configuration(proxyBeanMethods = false)
@Profile("!detached")
class BrokerConfiguration {
    @Bean
    KafkaAccess kafkaAccess(KafkaSettings settings) {
        return settings.access();
    }

    @Bean
    CommandLog commandLog(KafkaAccess kafka) {
        return new KafkaCommandLog(kafka);
    }

    @Bean
    CampaignLog campaignLog(KafkaSettings settings, KafkaAccess kafka) {
        return new KafkaCampaignLog(kafka, settings.edgeId());
    }

    @Bean
    LogEnds logEnds(KafkaAccess kafka) {
        return new LogEnds(kafka);
    }

    @Bean
    Logs logs(KafkaSettings settings, KafkaAccess kafka, Hub hub, CommandAnswers answers, LogEnds ends, Clock clock) {
        return new Logs(settings, kafka, hub, answers, ends, clock);
    }

    @Bean
    EventGroup webhookEvents(KafkaAccess kafka, DeliveryQueue queue) {
        return new EventGroup(kafka, queue);
    }

    /** Its name, {@code log}, is the one health shows. */
    @Bean
    HealthIndicator logHealthIndicator(Logs logs, Hub hub) {
        return new LogHealth(logs, hub);
    }
}
