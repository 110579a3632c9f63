/** Endpoints that tenants want to be told at, in the form of Standard Webhooks. */
@NullMarked
package io.millrace.edge.webhook;

import org.jspecify.annotations.NullMarked;
