/** The analytics job: its wiring and settings. */
@NullMarked
package io.millrace.analytics;

import org.jspecify.annotations.NullMarked;
