/** Phase functions of the roadmap: from a goal to a plan of study, by rules over subject maps written by hand. */
@NullMarked
package io.millrace.inference.roadmap;

import org.jspecify.annotations.NullMarked;
