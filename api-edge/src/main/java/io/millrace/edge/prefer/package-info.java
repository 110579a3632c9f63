/** What a request prefers ({@code Prefer}, RFC 7240). */
@NullMarked
package io.millrace.edge.prefer;

import org.jspecify.annotations.NullMarked;
