@NullMarked
package io.streamkeep.architecture.broken.testkit;

import org.jspecify.annotations.NullMarked;
