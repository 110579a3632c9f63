/** The whole system, as its users and its operators meet it. */
@NullMarked
package io.millrace.e2e;

import org.jspecify.annotations.NullMarked;
