/** The Flink sink: events wait in it until the database has taken them. */
@NullMarked
package io.millrace.readmodel.sink;

import org.jspecify.annotations.NullMarked;
