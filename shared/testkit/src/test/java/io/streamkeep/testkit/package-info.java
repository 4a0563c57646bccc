@NullMarked
package io.streamkeep.testkit;

import org.jspecify.annotations.NullMarked;
