/** TorchScript archives written without Python. */
@NullMarked
package io.millrace.inference.model.torchscript;

import org.jspecify.annotations.NullMarked;
