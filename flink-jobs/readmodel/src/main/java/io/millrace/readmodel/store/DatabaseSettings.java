package io.millrace.readmodel.store;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where the task tables are.
 *
 * @param url {@code jdbc:mysql://HOST:PORT/DATABASE}, with any options of MySQL Connector/J
 * @param connectTimeout how long one attempt to connect may take, at least 1 ms
 * @param statementTimeout how long one statement may go without an answer, at least 1 ms
 */
public record DatabaseSettings(
        String url, String user, String password, Duration connectTimeout, Duration statementTimeout)
        implements Serializable {
    private static final String SCHEME = "jdbc:mysql:";

    public DatabaseSettings {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException(
                    "mysql-url must begin with " + SCHEME + "//, as in" + " jdbc:mysql://127.0.0.1:3306/millrace");
        }
        if (user.isEmpty()) {
            throw new IllegalArgumentException("mysql-user is empty: name the user that may write the task tables");
        }
        positive("mysql-connect-timeout", connectTimeout);
        positive("mysql-statement-timeout", statementTimeout);
    }

    private static void positive(String name, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(name + " must be at least 1ms");
        }
    }

    /** Without the password, and without the options of the URL, which may hold one. */
    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url.replaceFirst("\\?.*", "") + ", user=" + user + "]";
    }
}
