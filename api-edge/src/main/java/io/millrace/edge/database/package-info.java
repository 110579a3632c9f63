/** The MySQL side of the edge: pool, migrations, and failing fast while it is down. */
@NullMarked
package io.millrace.edge.database;

import org.jspecify.annotations.NullMarked;
