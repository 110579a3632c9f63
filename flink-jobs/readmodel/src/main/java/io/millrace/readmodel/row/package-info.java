/** What an event says to each table, and how rows of one key merge: no Flink, no database. */
@NullMarked
package io.millrace.readmodel.row;

import org.jspecify.annotations.NullMarked;
