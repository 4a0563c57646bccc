@NullMarked
package io.streamkeep.chaos;

import org.jspecify.annotations.NullMarked;
