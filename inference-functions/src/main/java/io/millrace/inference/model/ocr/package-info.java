/** Text read from a picture. */
@NullMarked
package io.millrace.inference.model.ocr;

import org.jspecify.annotations.NullMarked;
