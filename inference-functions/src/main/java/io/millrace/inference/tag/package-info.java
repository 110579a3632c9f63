/** Labels with scores for pictures: what is measured, what the shipped network rates, and what trained classifiers know. */
@NullMarked
package io.millrace.inference.tag;

import org.jspecify.annotations.NullMarked;
