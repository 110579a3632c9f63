package io.millrace.edge;

import org.springframework.http.server.PathContainer;

/**
 * A request's path as controllers match it: {@code /api/v1/%74asks;x=1} is {@code /api/v1/tasks} to them. Whoever decides something by
 * the path must look at this one, for the path as it was sent can be written in many ways.
 */
public final class MatchedPath {
    private MatchedPath() {}

    /** Segments decoded and without their parameters; a slash that was part of one is an underscore, so that it divides nothing. */
    public static String of(PathContainer path) {
        StringBuilder matched = new StringBuilder();
        for (PathContainer.Element element : path.elements()) {
            matched.append(
                    element instanceof PathContainer.PathSegment segment
                            ? segment.valueToMatch().replace('/', '_')
                            : element.value());
        }
        return matched.toString();
    }
}
