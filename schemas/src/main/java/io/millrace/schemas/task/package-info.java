/** What a task is: its identity, its states and the errors it can end with. */
@NullMarked
package io.millrace.schemas.task;

import org.jspecify.annotations.NullMarked;
