@NullMarked
package io.streamkeep.architecture.broken.kernellayers.kernel.command;

import org.jspecify.annotations.NullMarked;
