/** Where everything stands. */
@NullMarked
package io.millrace.inference.poster.layout;

import org.jspecify.annotations.NullMarked;
