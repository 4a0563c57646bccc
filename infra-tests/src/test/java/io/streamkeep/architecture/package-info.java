@NullMarked
package io.streamkeep.architecture;

import org.jspecify.annotations.NullMarked;
