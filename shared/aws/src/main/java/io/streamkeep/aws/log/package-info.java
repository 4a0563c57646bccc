/** What a function's log says: lines of JSON without any payload, metrics included. */
@NullMarked
package io.streamkeep.aws.log;

import org.jspecify.annotations.NullMarked;
