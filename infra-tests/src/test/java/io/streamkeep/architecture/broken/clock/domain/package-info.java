@NullMarked
package io.streamkeep.architecture.broken.clock.domain;

import org.jspecify.annotations.NullMarked;
