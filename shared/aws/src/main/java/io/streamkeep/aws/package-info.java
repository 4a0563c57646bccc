/** Adapters between the kernel and AWS; they know no business. */
@NullMarked
package io.streamkeep.aws;

import org.jspecify.annotations.NullMarked;
