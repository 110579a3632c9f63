/** Manifests, held to the models of those who read them and to the programs they start. */
@NullMarked
package io.millrace.k8s;

import org.jspecify.annotations.NullMarked;
