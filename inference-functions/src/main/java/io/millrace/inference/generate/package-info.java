/** Pictures from a prompt: a plan of what to paint, painters that can be exchanged, and the finished set. */
@NullMarked
package io.millrace.inference.generate;

import org.jspecify.annotations.NullMarked;
