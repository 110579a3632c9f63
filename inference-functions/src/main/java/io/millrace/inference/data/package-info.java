/** Results of phases as records and JSON, and the data files that travel with the functions. */
@NullMarked
package io.millrace.inference.data;

import org.jspecify.annotations.NullMarked;
