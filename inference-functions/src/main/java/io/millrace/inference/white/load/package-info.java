/** Makes the functions of the white background for the registry. */
@NullMarked
package io.millrace.inference.white.load;

import org.jspecify.annotations.NullMarked;
