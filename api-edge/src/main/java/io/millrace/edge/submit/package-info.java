/** Taking in tasks and cancels: validation, identity, and the command log. */
@NullMarked
package io.millrace.edge.submit;

import org.jspecify.annotations.NullMarked;
