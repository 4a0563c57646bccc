/**
 * The pattern: decide on folded state, append one commit, deliver it to subscribers. Nothing here
 * knows a business, a cloud or a format; it sees only the JDK.
 */
@NullMarked
package io.streamkeep.kernel;

import org.jspecify.annotations.NullMarked;
