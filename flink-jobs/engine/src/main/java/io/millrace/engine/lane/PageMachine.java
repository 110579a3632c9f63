package io.millrace.engine.lane;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.Page;
import io.millrace.schemas.v1.PageContent;
import io.millrace.schemas.v1.PageState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps one page of a lane's queue until the lane has taken it, a few entries at a time. */
public final class PageMachine {
    /** @param state what the page holds; null when nothing */
    public Decision<PageState> decide(String lane, long page, @Nullable PageState state, LaneMessage message) {
        PageState content = state == null ? PageState.getDefaultInstance() : state;
        Page request = message.getPage();
        if (request.hasAppend()) {
            return new Decision<>(
                    content.toBuilder().addEntries(request.getAppend()).build(), List.of());
        }
        if (!request.getTake()) {
            throw new IllegalArgumentException("page " + lane + "/" + page + ": neither append nor take");
        }
        int read = Math.min(LaneQueue.FRONT, content.getEntriesCount());
        int left = content.getEntriesCount() - read;
        LaneMessage answer = LaneMessage.newBuilder()
                .setPage(Page.newBuilder()
                        .setPage(page)
                        .setContent(PageContent.newBuilder()
                                .addAllEntries(content.getEntriesList().subList(0, read))
                                .setLeft(left)))
                .build();
        PageState rest = left == 0
                ? null
                : PageState.newBuilder()
                        .addAllEntries(content.getEntriesList().subList(read, content.getEntriesCount()))
                        .build();
        return new Decision<>(rest, List.of(new Effect.ToLane(lane, answer)));
    }
}
