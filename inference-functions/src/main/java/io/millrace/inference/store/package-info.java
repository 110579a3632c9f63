/** Results that were computed before, and the leases that keep two processes from computing the same one. */
@NullMarked
package io.millrace.inference.store;

import org.jspecify.annotations.NullMarked;
