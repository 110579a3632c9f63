/** Pictures that requests name: uploads, whose use is checked, and addresses elsewhere, which are fetched. */
@NullMarked
package io.millrace.edge.fetch;

import org.jspecify.annotations.NullMarked;
