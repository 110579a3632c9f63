package io.millrace.local.probe;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Ready when its user may ask the database something. */
final class DatabaseProbe implements Probe {
    private final String url;
    private final Properties login = new Properties();

    DatabaseProbe(String url, String user, String password) {
        this.url = url;
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", "2000");
        login.setProperty("socketTimeout", "3000");
        login.setProperty("sslMode", "DISABLED");
        login.setProperty("allowPublicKeyRetrieval", "true");
    }

    @Override
    public boolean isReady() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, login);
                Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        }
    }
}
