package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.local.broker.BrokerLogin;
import io.millrace.local.home.PortPlan;
import io.millrace.local.process.Identity;
import io.millrace.local.report.RoomReport;
import io.millrace.local.report.RoomState;
import io.millrace.local.report.StackReport;
import io.millrace.local.report.StackState;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker and the database as processes under a supervisor, as the launcher starts them. */
class LocalStackIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final StackOptions OPTIONS = StackOptions.standard().only(Room.BROKER, Room.DATABASE);

    @TempDir
    private static Path home;

    private static int base;
    private static LocalStack stack;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        base = PortPlan.free().base();
        stack = LocalStack.start(home, base, OPTIONS);
        stack.awaitReady(PATIENCE);
    }

    @AfterAll
    static void stopLeavesNoProcess() throws IOException, InterruptedException {
        List<Long> processes = List.of(stack.pid(Room.BROKER), stack.pid(Room.DATABASE), supervisor());
        assertThat(stack.stop()).isEmpty();
        assertGone(processes);
        assertThat(stack.report().map(StackReport::state)).contains(StackState.STOPPED);
    }

    @Test
    void killedRoomsComeBackWithTheirData() throws Exception {
        long broker = stack.pid(Room.BROKER);
        long database = stack.pid(Room.DATABASE);
        int brokerRestarts = report(Room.BROKER).restarts();
        int databaseRestarts = report(Room.DATABASE).restarts();
        long offset = send("before").offset();
        sql("CREATE TABLE kept (id INT PRIMARY KEY)", "INSERT INTO kept VALUES (1)");

        stack.kill(Room.BROKER);
        stack.kill(Room.DATABASE);
        awaitRestarted(Room.BROKER, brokerRestarts + 1);
        awaitRestarted(Room.DATABASE, databaseRestarts + 1);

        assertThat(stack.pid(Room.BROKER)).isNotEqualTo(broker);
        assertThat(stack.pid(Room.DATABASE)).isNotEqualTo(database);
        assertThat(topics())
                .containsAll(Stream.of(Topic.values()).map(Topic::topicName).toList());
        assertThat(send("after").offset()).isEqualTo(offset + 1);
        assertThat(count("kept")).isEqualTo(1);
    }

    @Test
    void roomsOfAKilledSupervisorAreTakenOverOrEnded() throws Exception {
        List<Long> rooms = List.of(stack.pid(Room.BROKER), stack.pid(Room.DATABASE));

        stack.killSupervisor();
        assertThat(stack.isSupervised()).isFalse();
        LocalStack.start(home, base, OPTIONS).awaitReady(PATIENCE);
        assertThat(List.of(stack.pid(Room.BROKER), stack.pid(Room.DATABASE))).isEqualTo(rooms);

        stack.killSupervisor();
        assertThat(stack.stop()).isEmpty();
        assertGone(rooms);
        LocalStack.start(home, base, OPTIONS).awaitReady(PATIENCE);
    }

    @Test
    void theBrokerLetsNobodyInWithoutThePassword() throws Exception {
        KafkaAccess known = stack.setup().kafka();
        Map<String, String> guessed = new HashMap<>(known.security());
        guessed.replace("sasl.jaas.config", BrokerLogin.client("guessed"));
        for (Map<String, String> security : List.of(guessed, Map.<String, String>of())) {
            Map<String, Object> stranger = new KafkaAccess(known.bootstrapServers(), security)
                    .client(Map.of("request.timeout.ms", 2_000, "default.api.timeout.ms", 4_000));
            try (Admin admin = Admin.create(stranger)) {
                assertThatThrownBy(() -> admin.listTopics().names().get(120, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(
                                security.isEmpty() ? TimeoutException.class : SaslAuthenticationException.class);
            }
        }
        Path file = home.resolve("kafka.properties");
        assertThat(KafkaAccess.of(known.bootstrapServers(), file.toString())).isEqualTo(known);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aTakenPortIsNamedWithItsOwner(@TempDir Path other) {
        assertThatThrownBy(() -> LocalStack.start(other, base, OPTIONS))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Port " + (base + 2) + " (Kafka) is in use by process " + stack.pid(Room.BROKER))
                .hasMessageContaining("MILLRACE_PORT_BASE");
    }

    private static void assertGone(List<Long> processes) {
        for (long pid : processes) {
            assertThat(Identity.of(pid)).as("process " + pid).isEmpty();
        }
    }

    private static void awaitRestarted(Room room, int restarts) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(report(room).restarts()).isEqualTo(restarts);
            assertThat(report(room).state()).isEqualTo(RoomState.READY);
        });
    }

    private static RoomReport report(Room room) {
        return stack.report().orElseThrow().rooms().stream()
                .filter(candidate -> candidate.room() == room)
                .findFirst()
                .orElseThrow();
    }

    private static long supervisor() {
        return stack.report().orElseThrow().supervisor();
    }

    private RecordMetadata send(String value) throws Exception {
        Map<String, Object> settings =
                stack.setup().kafka().client(Map.of("delivery.timeout.ms", 20_000, "request.timeout.ms", 5_000));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            return producer.send(new ProducerRecord<>(Topic.REJECTED.topicName(), value))
                    .get(120, TimeUnit.SECONDS);
        }
    }

    private Iterable<String> topics() throws Exception {
        try (Admin admin = Admin.create(stack.setup().kafka().client(Map.of()))) {
            return admin.listTopics().names().get(120, TimeUnit.SECONDS);
        }
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private int count(String table) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                stack.setup().databaseUrl(),
                stack.setup().databaseUser(),
                stack.setup().secrets().database());
    }
}
