/** How a stack is: its rooms, their health, in a file that others may read. */
@NullMarked
package io.millrace.local.report;

import org.jspecify.annotations.NullMarked;
