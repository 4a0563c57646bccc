@NullMarked
package io.streamkeep.e2e;

import org.jspecify.annotations.NullMarked;
