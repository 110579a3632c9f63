package io.millrace.inference.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.registry.ModelSpec;
import io.millrace.inference.registry.ModelState;
import java.util.List;
import java.util.Locale;

/**
 * What {@code GET /models} says: {@code [{"name", "version", "licence", "precision", "device", "state": unused | loading | ready |
 * failed, "detail", "bytes", "load_ms", "warm_up_ms", "resident_bytes", "files": {ROLE: {"source", "sha256"}}}]}.
 */
final class ModelReport {
    private ModelReport() {}

    static String of(List<ModelState> models) {
        ArrayNode report = JsonNodeFactory.instance.arrayNode();
        for (ModelState model : models) {
            ModelSpec spec = model.spec();
            ObjectNode entry = report.addObject()
                    .put("name", spec.name())
                    .put("version", spec.version())
                    .put("licence", spec.licence())
                    .put("precision", spec.precision())
                    .put("device", model.device())
                    .put("state", model.status().name().toLowerCase(Locale.ROOT))
                    .put("detail", model.detail())
                    .put("bytes", model.bytes())
                    .put("load_ms", model.loadMillis())
                    .put("warm_up_ms", model.warmUpMillis())
                    .put("resident_bytes", model.residentBytes());
            ObjectNode files = entry.putObject("files");
            spec.files()
                    .forEach((role, file) ->
                            files.putObject(role).put("source", file.shown()).put("sha256", file.sha256()));
        }
        return report.toString();
    }
}
