/** Log lines in JSON, without payload and with embedded metrics. */
@NullMarked
package io.streamkeep.aws.log;

import org.jspecify.annotations.NullMarked;
