package io.millrace.orchestrator.state;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key that the states of a subtask are about.
 *
 * @param current null before the first message
 */
record Keys<K>(Supplier<@Nullable K> current, Consumer<K> select) {
    /** Work for other keys than the current one, each of which it selects. */
    interface Work<X extends Exception> {
        void run() throws X;
    }

    /** Of a state that is in use. */
    K now() {
        K key = current.get();
        if (key == null) {
            throw new IllegalStateException("state was used before a key was set");
        }
        return key;
    }

    <X extends Exception> void andBack(Work<X> work) throws X {
        K before = current.get();
        try {
            work.run();
        } finally {
            if (before != null) {
                select.accept(before);
            }
        }
    }
}
