/** What a poster consists of, and how it is painted. */
@NullMarked
package io.millrace.inference.poster.scene;

import org.jspecify.annotations.NullMarked;
