/** Handing out blobs to their owners and to holders of a signed link. */
@NullMarked
package io.millrace.edge.artifact;

import org.jspecify.annotations.NullMarked;
