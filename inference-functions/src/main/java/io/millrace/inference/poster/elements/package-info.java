/** Cards, rules, badges and ornaments as data. */
@NullMarked
package io.millrace.inference.poster.elements;

import org.jspecify.annotations.NullMarked;
