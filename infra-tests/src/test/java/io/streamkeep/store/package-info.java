@NullMarked
package io.streamkeep.store;

import org.jspecify.annotations.NullMarked;
