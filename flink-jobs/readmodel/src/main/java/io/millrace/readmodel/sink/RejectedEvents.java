package io.millrace.readmodel.sink;

import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;

/** Where events go that the tables cannot take: at least once. */
public interface RejectedEvents extends AutoCloseable {
    /**
     * Returns when all have been taken.
     *
     * @throws IOException when one has not, within the time that an attempt may take; worth another attempt
     * @throws InterruptedException when the job ends
     */
    void publish(Collection<Rejection> rejections) throws IOException, InterruptedException;

    @Override
    void close();

    /** Makes one for each writer, where the writer runs. */
    interface Factory extends Serializable {
        RejectedEvents create();
    }
}
