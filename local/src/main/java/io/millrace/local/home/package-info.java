/** Where a stack lives: its folder, ports, secrets and the code it runs. */
@NullMarked
package io.millrace.local.home;

import org.jspecify.annotations.NullMarked;
