/** Runs all jobs of Millrace in one JobManager that finds its own way back after a crash. */
@NullMarked
package io.millrace.cluster;

import org.jspecify.annotations.NullMarked;
