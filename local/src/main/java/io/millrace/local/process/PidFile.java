package io.millrace.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * Remembers a process across the life of the one that started it. Three lines: number, birth, and a fingerprint of how it
 * was started. A file left behind by a process that is gone never points at another one.
 *
 * @param path where it lies
 */
public record PidFile(Path path) {
    /**
     * @param identity the process
     * @param fingerprint equal for two starts that do the same
     */
    public record Entry(Identity identity, String fingerprint) {}

    /** @param pid a process that runs @return what it is known by from now on */
    public Identity write(long pid, String fingerprint) throws IOException {
        Identity identity = Identity.of(pid)
                .orElseThrow(() -> new IOException("process " + pid + " ended before " + path + " was written"));
        Files.createDirectories(path.getParent());
        Path draft = path.resolveSibling(path.getFileName() + ".tmp");
        Files.writeString(draft, pid + "\n" + identity.birth() + "\n" + fingerprint + "\n");
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return identity;
    }

    /** Writes down a process that was just started. One that cannot be written down is ended: nobody would find it again. */
    public Identity keep(Process process, String fingerprint) throws IOException {
        try {
            return write(process.pid(), fingerprint);
        } catch (IOException | RuntimeException unwritten) {
            process.destroyForcibly();
            throw unwritten;
        }
    }

    /** What was written, whether or not it still runs; nothing when the file is absent or torn. */
    public Optional<Entry> read() {
        try {
            List<String> lines = Files.readAllLines(path);
            if (lines.size() != 3) {
                return Optional.empty();
            }
            Identity identity = new Identity(Long.parseLong(lines.get(0)), lines.get(1));
            return Optional.of(new Entry(identity, lines.get(2)));
        } catch (IOException | NumberFormatException absentOrTorn) {
            return Optional.empty();
        }
    }

    /** The process if it still runs. */
    public Optional<ProcessHandle> alive() {
        return read().flatMap(entry -> entry.identity().alive());
    }

    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /** Deletes the file if it still holds this process, not another that was started since. */
    public void delete(Identity ended) throws IOException {
        if (read().map(Entry::identity).filter(ended::equals).isPresent()) {
            delete();
        }
    }
}
