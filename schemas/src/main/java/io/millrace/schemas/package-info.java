/** The wire of Millrace: names, identities and definitions that more than one room needs. */
@NullMarked
package io.millrace.schemas;

import org.jspecify.annotations.NullMarked;
