/** Counts words, at an address of its own. */
@NullMarked
package org.example.wordcount;

import org.jspecify.annotations.NullMarked;
