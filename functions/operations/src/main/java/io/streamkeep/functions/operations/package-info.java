/** What is parked, and another go for it. */
@NullMarked
package io.streamkeep.functions.operations;

import org.jspecify.annotations.NullMarked;
