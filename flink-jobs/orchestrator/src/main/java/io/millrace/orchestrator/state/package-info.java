/** Keyed state of which only what a checkpoint needs is written to RocksDB. */
@NullMarked
package io.millrace.orchestrator.state;

import org.jspecify.annotations.NullMarked;
