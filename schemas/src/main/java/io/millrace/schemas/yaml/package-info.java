/** Reads YAML strictly: whatever is wrong is named with its file, line and field. */
@NullMarked
package io.millrace.schemas.yaml;

import org.jspecify.annotations.NullMarked;
