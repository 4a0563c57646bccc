@NullMarked
package io.streamkeep.domain.stock;

import org.jspecify.annotations.NullMarked;
