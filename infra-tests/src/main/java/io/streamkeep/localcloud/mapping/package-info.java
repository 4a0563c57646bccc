/** Event source mappings: bring a table's stream or a queue to a function, as Lambda's do. */
@NullMarked
package io.streamkeep.localcloud.mapping;

import org.jspecify.annotations.NullMarked;
