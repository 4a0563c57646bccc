@NullMarked
package io.streamkeep.architecture.broken.kernel;

import org.jspecify.annotations.NullMarked;
