/** What all models share: where their files lie, and how threads share one loaded model. */
@NullMarked
package io.millrace.inference.model;

import org.jspecify.annotations.NullMarked;
