package io.millrace.readmodel.store;

import com.mysql.cj.jdbc.Driver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Opens connections that write in strict mode and wait for nothing longer than the settings allow. */
final class Connector {
    /** More than {@link Upsert} and {@link IdList} make. */
    private static final String STATEMENTS = "250";

    private static final String STATEMENT_CHARS = "65536";

    private final DatabaseSettings settings;

    Connector(DatabaseSettings settings) {
        this.settings = settings;
    }

    Connection open() throws SQLException {
        // Options in the URL win over these.
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        // Values go as they are, neither escaped here nor parsed there, in statements that the server has parsed once.
        properties.setProperty("useServerPrepStmts", "true");
        properties.setProperty("cachePrepStmts", "true");
        properties.setProperty("prepStmtCacheSize", STATEMENTS);
        properties.setProperty("prepStmtCacheSqlLimit", STATEMENT_CHARS);
        properties.setProperty(
                "connectTimeout", Long.toString(settings.connectTimeout().toMillis()));
        properties.setProperty(
                "socketTimeout", Long.toString(settings.statementTimeout().toMillis()));
        properties.setProperty("tcpKeepAlive", "true");
        // Not through DriverManager: it would keep the class loader of a job that is long gone.
        Connection connection = new Driver().connect(settings.url(), properties);
        if (connection == null) {
            throw new SQLException("mysql-url is none that the driver knows");
        }
        try (Statement statement = connection.createStatement()) {
            // Strict: a value that does not fit is an error, never cut by the server.
            statement.execute("SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',"
                    + " innodb_lock_wait_timeout = "
                    + Math.max(1, settings.statementTimeout().toSeconds() / 2));
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
