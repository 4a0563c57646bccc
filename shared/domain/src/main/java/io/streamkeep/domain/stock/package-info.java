/** Stock: how many of an article are at a place; received, shipped, counted, transferred. */
@NullMarked
package io.streamkeep.domain.stock;

import org.jspecify.annotations.NullMarked;
