/** The edge of Millrace: what people and programs talk to. */
@NullMarked
package io.millrace.edge;

import org.jspecify.annotations.NullMarked;
