package io.millrace.edge.outbound;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One guard for everything that goes out. */
@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {
    @Bean
    AddressGuard addressGuard(OutboundSettings settings) {
        return AddressGuard.allowing(settings.outboundAllow());
    }
}
