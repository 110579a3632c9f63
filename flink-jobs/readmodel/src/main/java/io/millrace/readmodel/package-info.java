/** The job that writes public events into the task tables of MySQL, and its settings. */
@NullMarked
package io.millrace.readmodel;

import org.jspecify.annotations.NullMarked;
