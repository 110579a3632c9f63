/** The finished poster as pictures and as editable data. */
@NullMarked
package io.millrace.inference.poster.finalize;

import org.jspecify.annotations.NullMarked;
