package io.millrace.local.room;

import io.millrace.local.home.CodeBase;
import io.millrace.local.home.PortPlan;
import io.millrace.local.home.Secrets;
import io.millrace.local.home.StackHome;
import io.millrace.schemas.config.KafkaAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every room of one stack is told.
 *
 * @param code the built repository
 * @param home the stack's folder
 * @param ports the stack's ports
 * @param secrets what only this stack knows
 */
public record StackSetup(CodeBase code, StackHome home, PortPlan ports, Secrets secrets) {
    private static final List<String> LIMITS = List.of(
            "MILLRACE_LIMIT_SUBMITS", "MILLRACE_LIMIT_CONNECTS", "MILLRACE_LIMIT_POLLS", "MILLRACE_LIMIT_TOKENS");

    /** How to reach and convince the broker, for example at {@code 127.0.0.1:7402}. */
    public KafkaAccess kafka() {
        return BrokerFiles.access("127.0.0.1:" + ports.kafka(), secrets.broker());
    }

    /** Without TLS: it never leaves this machine, and a handshake costs more than most queries. */
    public String databaseUrl() {
        return "jdbc:mysql://127.0.0.1:" + ports.mysql() + "/" + DatabaseFiles.DATABASE + "?sslMode=DISABLED";
    }

    public String databaseUser() {
        return DatabaseFiles.USER;
    }

    public String flinkUrl() {
        return "http://127.0.0.1:" + ports.flinkRest();
    }

    public String edgeUrl() {
        return "http://127.0.0.1:" + ports.edge();
    }

    public String inferenceUrl() {
        return "http://127.0.0.1:" + ports.inference() + "/functions";
    }

    /** The variables of all rooms: each takes what it knows. */
    public Map<String, String> environment() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("MILLRACE_KAFKA", kafka().bootstrapServers());
        all.put(KafkaAccess.VARIABLE, home.kafkaProperties().toString());
        all.put("MILLRACE_MYSQL_URL", databaseUrl());
        all.put("MILLRACE_MYSQL_USER", databaseUser());
        all.put("MILLRACE_MYSQL_PASSWORD", secrets.database());
        all.put("MILLRACE_INFERENCE_URL", inferenceUrl());
        all.put("MILLRACE_INFERENCE_PORT", Integer.toString(ports.inference()));
        all.put("MILLRACE_INFERENCE_TOKEN", secrets.inference());
        all.put("MILLRACE_ARTIFACTS", home.artifacts().toString());
        all.put("MILLRACE_MODELS", home.models().toString());
        all.put("MILLRACE_EDGE_PORT", Integer.toString(ports.edge()));
        all.put("MILLRACE_RSOCKET_PORT", Integer.toString(ports.rsocket()));
        all.put("MILLRACE_JWT_SECRET", secrets.jwt());
        all.put("MILLRACE_LINK_SECRET", secrets.link());
        // One person and their programs: the edge's limits for strangers would only stand in the way.
        LIMITS.forEach(limit -> all.put(limit, System.getenv().getOrDefault(limit, "0")));
        // glibc gives each thread an arena of its own otherwise: hundreds of MB over six JVMs.
        all.put("MALLOC_ARENA_MAX", "2");
        all.put("OMP_NUM_THREADS", "1");
        return all;
    }
}
