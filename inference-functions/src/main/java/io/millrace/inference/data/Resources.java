package io.millrace.inference.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Data files that travel with the code. */
public final class Resources {
    private Resources() {}

    /** @throws IOException when the file is missing or no JSON, naming it */
    public static JsonNode json(String path) throws IOException {
        try (InputStream in = Resources.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new FileNotFoundException("resource " + path + " is not on the class path");
            }
            return new ObjectMapper().readTree(in);
        }
    }
}
