/** Event source mappings, which deliver a stream, a queue or a schedule to a function. */
@NullMarked
package io.streamkeep.localcloud.mapping;

import org.jspecify.annotations.NullMarked;
