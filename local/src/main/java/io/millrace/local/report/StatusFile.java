package io.millrace.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * {@code status.json}: replaced as a whole, so that a reader never sees half of it.
 *
 * @param path where it lies
 */
public record StatusFile(Path path) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    public void write(StackReport report) throws IOException {
        Path draft = path.resolveSibling(path.getFileName() + ".tmp");
        JSON.writeValue(draft.toFile(), report);
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The last report, or nothing when there was never one or it cannot be read. */
    public Optional<StackReport> read() {
        try {
            return Files.exists(path)
                    ? Optional.of(JSON.readValue(path.toFile(), StackReport.class))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The report as it stands in the file. */
    public static String text(Object report) throws JsonProcessingException {
        return JSON.writeValueAsString(report);
    }
}
