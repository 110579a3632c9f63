/** Makes the classifying function for the registry. */
@NullMarked
package io.millrace.inference.classify.load;

import org.jspecify.annotations.NullMarked;
