/** JSON exchanged with other systems: CloudEvents, parked positions, metadata. */
@NullMarked
package io.streamkeep.aws.json;

import org.jspecify.annotations.NullMarked;
