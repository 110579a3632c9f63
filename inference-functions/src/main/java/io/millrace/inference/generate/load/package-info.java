/** Makes the functions of picture generation for the registry. */
@NullMarked
package io.millrace.inference.generate.load;

import org.jspecify.annotations.NullMarked;
