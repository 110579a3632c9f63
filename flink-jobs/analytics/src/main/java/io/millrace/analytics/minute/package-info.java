/** What one minute comes to: facts of events, counters, and the record they become. */
@NullMarked
package io.millrace.analytics.minute;

import org.jspecify.annotations.NullMarked;
