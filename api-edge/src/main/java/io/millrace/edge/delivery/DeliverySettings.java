package io.millrace.edge.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are sent.
 *
 * @param webhookPatience how long an endpoint may take to answer
 * @param webhookFirstWait after the first failure; each further one waits four times as long, six hours at most
 * @param webhookGiveUp a message is tried for this long
 * @param webhookDisable an endpoint that failed all the time for this long is disabled
 * @param webhookConcurrency messages under way at a time
 * @param webhookConcurrencyUser of them to the endpoints of one user
 * @param webhookConcurrencyEach of them to one endpoint
 */
@ConfigurationProperties("millrace")
record DeliverySettings(
        @DefaultValue("15s") Duration webhookPatience,
        @DefaultValue("5s") Duration webhookFirstWait,
        @DefaultValue("24h") Duration webhookGiveUp,
        @DefaultValue("72h") Duration webhookDisable,
        @DefaultValue("16") int webhookConcurrency,
        @DefaultValue("8") int webhookConcurrencyUser,
        @DefaultValue("4") int webhookConcurrencyEach) {
    DeliverySettings {
        if (webhookConcurrency < 1 || webhookConcurrency > 256) {
            throw new IllegalArgumentException("millrace.webhook-concurrency must be from 1 to 256");
        }
        if (webhookConcurrencyUser < 1 || webhookConcurrencyEach < 1) {
            throw new IllegalArgumentException("millrace.webhook-concurrency-user and -each must be at least 1");
        }
        if (webhookPatience.isNegative() || webhookPatience.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException("millrace.webhook-patience must be at most 30s");
        }
    }
}
