/** Starts every room of Millrace as a process of its own on one machine. */
@NullMarked
package io.millrace.local;

import org.jspecify.annotations.NullMarked;
