/** Makes the functions of tagging for the registry. */
@NullMarked
package io.millrace.inference.tag.load;

import org.jspecify.annotations.NullMarked;
