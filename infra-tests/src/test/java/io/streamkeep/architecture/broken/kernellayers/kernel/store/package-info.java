@NullMarked
package io.streamkeep.architecture.broken.kernellayers.kernel.store;

import org.jspecify.annotations.NullMarked;
