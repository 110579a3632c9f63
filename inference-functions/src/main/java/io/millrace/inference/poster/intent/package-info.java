/** What is wanted: parameters checked, prompt understood, texts named and given a role. */
@NullMarked
package io.millrace.inference.poster.intent;

import org.jspecify.annotations.NullMarked;
