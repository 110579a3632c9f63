/** Where the blobs of an installation lie: a folder, or a bucket of S3 or of a store that speaks like it. */
@NullMarked
package io.millrace.artifacts;

import org.jspecify.annotations.NullMarked;
