package io.millrace.edge.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * All files of the console in memory, about half a megabyte. What is asked for is looked up among them and never on a disk, so that no path
 * can lead out of the folder.
 */
@Component
final class ConsoleFiles {
    private static final String FOLDER = "/console/";

    private final Map<String, ConsoleFile> byName = new TreeMap<>();

    ConsoleFiles() {
        try {
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources("classpath:console/**")) {
                if (resource.isReadable()) {
                    String url = resource.getURL().toString();
                    String name = url.substring(url.lastIndexOf(FOLDER) + FOLDER.length());
                    ConsoleFile.of(name, resource.getContentAsByteArray()).ifPresent(file -> byName.put(name, file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the console cannot be read from the class path", e);
        }
        if (!byName.containsKey("index.html")) {
            throw new IllegalStateException("the console is not on the class path: build api-edge again");
        }
    }

    Optional<ConsoleFile> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
