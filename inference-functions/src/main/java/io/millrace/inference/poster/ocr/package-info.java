/** Whether a reader finds every text. */
@NullMarked
package io.millrace.inference.poster.ocr;

import org.jspecify.annotations.NullMarked;
