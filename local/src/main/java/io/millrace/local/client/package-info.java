/** What the command line says to the edge: REST, and progress over RSocket. */
@NullMarked
package io.millrace.local.client;

import org.jspecify.annotations.NullMarked;
