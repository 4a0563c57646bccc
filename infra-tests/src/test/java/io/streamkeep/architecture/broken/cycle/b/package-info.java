@NullMarked
package io.streamkeep.architecture.broken.cycle.b;

import org.jspecify.annotations.NullMarked;
