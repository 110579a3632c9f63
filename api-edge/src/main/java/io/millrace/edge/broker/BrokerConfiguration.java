package io.millrace.edge.broker;

import io.millrace.edge.campaign.CampaignLog;
import io.millrace.edge.command.CommandAnswers;
import io.millrace.edge.command.CommandLog;
import io.millrace.edge.delivery.DeliveryQueue;
import io.millrace.edge.watch.Hub;
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
    CommandLog commandLog(KafkaSettings settings) {
        return new KafkaCommandLog(settings);
    }

    @Bean
    CampaignLog campaignLog(KafkaSettings settings) {
        return new KafkaCampaignLog(settings);
    }

    @Bean
    LogEnds logEnds(KafkaSettings settings) {
        return new LogEnds(settings);
    }

    @Bean
    Logs logs(KafkaSettings settings, Hub hub, CommandAnswers answers, LogEnds ends, Clock clock) {
        return new Logs(settings, hub, answers, ends, clock);
    }

    @Bean
    EventGroup webhookEvents(KafkaSettings settings, DeliveryQueue queue) {
        return new EventGroup(settings, queue);
    }

    /** Its name, {@code log}, is the one health shows. */
    @Bean
    HealthIndicator logHealthIndicator(Logs logs, Hub hub) {
        return new LogHealth(logs, hub);
    }
}
