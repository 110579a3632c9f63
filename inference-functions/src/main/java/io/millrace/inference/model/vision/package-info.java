/** What a picture shows, as numbers: a MobileNetV2 whose weights travel as data and become TorchScript on this machine. */
@NullMarked
package io.millrace.inference.model.vision;

import org.jspecify.annotations.NullMarked;
