/** Orders: placed, changed, confirmed, completed, cancelled, returned. */
@NullMarked
package io.streamkeep.domain.order;

import org.jspecify.annotations.NullMarked;
