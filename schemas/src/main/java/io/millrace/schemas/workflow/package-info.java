/** Workflow and lane definitions, read from YAML and checked. */
@NullMarked
package io.millrace.schemas.workflow;

import org.jspecify.annotations.NullMarked;
