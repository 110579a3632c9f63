package io.millrace.orchestrator.state;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key that the states of a subtask are about.
 *
 * @param asked null before the first message
 */
record CurrentKey<K>(Supplier<@Nullable K> asked, Consumer<K> select) {
    /** Work for other keys than the current one, each of which it selects. */
    interface Work<X extends Exception> {
        void run() throws X;
    }

    /** Of a state that is in use. */
    K get() {
        K key = asked.get();
        if (key == null) {
            throw new IllegalStateException("state was used before a key was set");
        }
        return key;
    }

    /** Afterwards the key is again what it was, whatever becomes of the work. */
    <X extends Exception> void restoring(Work<X> work) throws X {
        K before = asked.get();
        try {
            work.run();
        } finally {
            if (before != null) {
                select.accept(before);
            }
        }
    }
}
