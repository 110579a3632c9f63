/** Content-addressed blobs: pictures and documents that messages refer to instead of carrying. */
@NullMarked
package io.millrace.schemas.artifact;

import org.jspecify.annotations.NullMarked;
