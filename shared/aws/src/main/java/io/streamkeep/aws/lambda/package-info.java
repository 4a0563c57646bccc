/** Lambda handlers for events of streams and queues. */
@NullMarked
package io.streamkeep.aws.lambda;

import org.jspecify.annotations.NullMarked;
