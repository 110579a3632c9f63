package io.millrace.edge.campaign;

import io.millrace.schemas.v1.TaskCommand;
import java.nio.file.Path;
import reactor.core.publisher.Mono;

/** Where campaigns are written: all rows and their start, or nothing. */
public interface CampaignLog {
    /**
     * Writes the start and the rows in one transaction.
     *
     * @param rows a file of {@code TaskCommand}s, each behind its length as protobuf's delimited form has it
     * @return completes when the transaction is committed; fails with a 503 problem when it is not, or is not known to be: the same
     *     campaign may be written again
     */
    Mono<Void> write(TaskCommand start, Path rows);
}
