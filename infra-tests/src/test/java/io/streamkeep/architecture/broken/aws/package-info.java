@NullMarked
package io.streamkeep.architecture.broken.aws;

import org.jspecify.annotations.NullMarked;
