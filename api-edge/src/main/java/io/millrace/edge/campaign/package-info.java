/** Campaigns: many tasks submitted as one, watched as one, cancelled and retried as one. */
@NullMarked
package io.millrace.edge.campaign;

import org.jspecify.annotations.NullMarked;
