package io.millrace.edge;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the edge. Settings come from the environment, see {@code application.yaml}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EdgeApplication {
    private static final String QUEUE_ROOM = "reactor.bufferSize.small";

    static {
        // What a queue has room for at its beginning. Each connection of RSocket has two: 256 were two kilobytes of it.
        System.setProperty(QUEUE_ROOM, System.getProperty(QUEUE_ROOM, "64"));
    }

    public static void main(String[] args) {
        SpringApplication.run(EdgeApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
