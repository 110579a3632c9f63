/** Which phase functions there are, and whether each is ready. */
@NullMarked
package io.millrace.inference.load;

import org.jspecify.annotations.NullMarked;
