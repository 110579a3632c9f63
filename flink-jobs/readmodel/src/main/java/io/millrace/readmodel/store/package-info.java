/** The task tables behind one JDBC connection. */
@NullMarked
package io.millrace.readmodel.store;

import org.jspecify.annotations.NullMarked;
