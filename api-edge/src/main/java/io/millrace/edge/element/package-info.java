/** Elements of layers: texts, pictures, shapes and groups that people place, style and write. */
@NullMarked
package io.millrace.edge.element;

import org.jspecify.annotations.NullMarked;
