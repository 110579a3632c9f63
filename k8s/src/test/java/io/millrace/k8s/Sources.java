package io.millrace.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repository as text: what programs know is read where they say so. */
final class Sources {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path K8S = ROOT.resolve("k8s");

    private Sources() {}

    static String text(String path) {
        return text(ROOT.resolve(path));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the first group of the pattern finds in the file, or in all Java files of the folder. */
    static Set<String> found(String path, String pattern) {
        Path start = ROOT.resolve(path);
        Pattern compiled = Pattern.compile(pattern);
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(start)) {
            files.filter(file -> file.equals(start) || file.toString().endsWith(".java"))
                    .filter(Files::isRegularFile)
                    .forEach(file -> {
                        Matcher matcher = compiled.matcher(text(file));
                        while (matcher.find()) {
                            found.add(matcher.group(1));
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The only thing that the pattern's first group finds in the file. */
    static String one(String path, String pattern) {
        Set<String> found = found(path, pattern);
        if (found.size() != 1) {
            throw new AssertionError(path + " should have one " + pattern + ", but has " + found);
        }
        return found.iterator().next();
    }
}
