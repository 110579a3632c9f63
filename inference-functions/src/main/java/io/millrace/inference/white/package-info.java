/** Product pictures on pure white: the subject is found, cut out softly, placed and given a shadow. */
@NullMarked
package io.millrace.inference.white;

import org.jspecify.annotations.NullMarked;
