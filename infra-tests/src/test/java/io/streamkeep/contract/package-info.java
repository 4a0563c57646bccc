@NullMarked
package io.streamkeep.contract;

import org.jspecify.annotations.NullMarked;
