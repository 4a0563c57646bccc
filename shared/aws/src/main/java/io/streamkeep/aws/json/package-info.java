/** JSON that crosses the border: CloudEvents, parked positions, metadata. */
@NullMarked
package io.streamkeep.aws.json;

import org.jspecify.annotations.NullMarked;
