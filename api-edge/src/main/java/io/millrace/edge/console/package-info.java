/** The web console: its files, and the headers that keep a page from doing anything else. */
@NullMarked
package io.millrace.edge.console;

import org.jspecify.annotations.NullMarked;
