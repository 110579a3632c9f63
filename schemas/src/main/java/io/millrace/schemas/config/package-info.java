/** What a process is told when it starts, read in one way by all of them. */
@NullMarked
package io.millrace.schemas.config;

import org.jspecify.annotations.NullMarked;
