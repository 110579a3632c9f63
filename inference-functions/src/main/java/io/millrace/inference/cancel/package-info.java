/** Which attempts nobody wants any more, as the orchestrator announces them. */
@NullMarked
package io.millrace.inference.cancel;

import org.jspecify.annotations.NullMarked;
