/** The topics: names, keys, partitions, retention, and positions in them. */
@NullMarked
package io.millrace.schemas.topic;

import org.jspecify.annotations.NullMarked;
