package io.millrace.inference.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.load.FunctionState;
import java.util.List;
import java.util.Locale;

/**
 * What {@code GET /health} says: {@code {"status", "waiting_for": [NAME], "functions": {NAME: {"state", "detail"}}}}.
 *
 * @param code 200 when every function is ready, else 503
 */
record HealthReport(int code, String json) {
    /** @param draining the process is shutting down */
    static HealthReport of(List<FunctionState> functions, boolean draining) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        String status = status(functions, draining);
        report.put("status", status);
        functions.stream()
                .filter(function -> function.status() != FunctionState.Status.READY)
                .forEach(function -> report.withArray("waiting_for").add(function.name()));
        ObjectNode details = report.putObject("functions");
        for (FunctionState function : functions) {
            details.putObject(function.name())
                    .put("state", function.status().name().toLowerCase(Locale.ROOT))
                    .put("detail", function.detail());
        }
        return new HealthReport(status.equals("ready") ? 200 : 503, report.toString());
    }

    private static String status(List<FunctionState> functions, boolean draining) {
        if (draining) {
            return "draining";
        }
        if (any(functions, FunctionState.Status.LOADING)) {
            return "loading";
        }
        return any(functions, FunctionState.Status.UNAVAILABLE) ? "degraded" : "ready";
    }

    private static boolean any(List<FunctionState> functions, FunctionState.Status status) {
        return functions.stream().anyMatch(function -> function.status() == status);
    }
}
