/** Invokes functions and their handlers without a runtime, a gateway or a queue. */
@NullMarked
package io.streamkeep.testkit.function;

import org.jspecify.annotations.NullMarked;
