/** The API's own description: OpenAPI, AsyncAPI and a page to read them. */
@NullMarked
package io.millrace.edge.docs;

import org.jspecify.annotations.NullMarked;
