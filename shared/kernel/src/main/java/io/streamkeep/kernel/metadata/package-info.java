/** The origin of a commit: actor, correlation, causation, trace, tenant. */
@NullMarked
package io.streamkeep.kernel.metadata;

import org.jspecify.annotations.NullMarked;
