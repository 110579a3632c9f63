package io.millrace.edge.database;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the edge talks to MySQL.
 *
 * @param mysqlUrl {@code MILLRACE_MYSQL_URL}: {@code jdbc:mysql://HOST:PORT/millrace}
 * @param mysqlUser {@code MILLRACE_MYSQL_USER}
 * @param mysqlPassword {@code MILLRACE_MYSQL_PASSWORD}
 * @param connections connections kept at most
 */
@ConfigurationProperties("millrace")
public record DatabaseSettings(
        @DefaultValue("jdbc:mysql://127.0.0.1:3306/millrace")
        String mysqlUrl,

        @DefaultValue("millrace") String mysqlUser,
        @DefaultValue("") String mysqlPassword,
        @DefaultValue("8") int connections) {
    public DatabaseSettings {
        if (!mysqlUrl.startsWith("jdbc:mysql://")) {
            throw new IllegalArgumentException("MILLRACE_MYSQL_URL must begin with jdbc:mysql://");
        }
        if (connections < 1 || connections > 200) {
            throw new IllegalArgumentException("millrace.connections must be from 1 to 200, not " + connections);
        }
    }

    @Override
    public String toString() {
        return "DatabaseSettings[mysqlUser=" + mysqlUser + ", connections=" + connections + "]";
    }
}
