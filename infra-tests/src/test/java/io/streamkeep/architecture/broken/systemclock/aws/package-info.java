@NullMarked
package io.streamkeep.architecture.broken.systemclock.aws;

import org.jspecify.annotations.NullMarked;
