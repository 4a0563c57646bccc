@NullMarked
package io.streamkeep.architecture.broken.cycle.a;

import org.jspecify.annotations.NullMarked;
