/** What streams and queues hand to a function, and what it answers. */
@NullMarked
package io.streamkeep.aws.lambda;

import org.jspecify.annotations.NullMarked;
