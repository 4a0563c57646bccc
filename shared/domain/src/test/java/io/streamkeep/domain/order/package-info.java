@NullMarked
package io.streamkeep.domain.order;

import org.jspecify.annotations.NullMarked;
