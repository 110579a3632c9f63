/** Makes the functions of training for the registry. */
@NullMarked
package io.millrace.inference.train.load;

import org.jspecify.annotations.NullMarked;
