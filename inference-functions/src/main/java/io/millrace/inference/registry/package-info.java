/** The models of this process: which there are, under what terms, where their files come from, and how each stands. */
@NullMarked
package io.millrace.inference.registry;

import org.jspecify.annotations.NullMarked;
