@NullMarked
package io.streamkeep.architecture.broken.tag;

import org.jspecify.annotations.NullMarked;
