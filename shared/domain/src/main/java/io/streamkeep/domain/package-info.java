/** The business, as pure functions and explicit formats. No clock, no random, no I/O. */
@NullMarked
package io.streamkeep.domain;

import org.jspecify.annotations.NullMarked;
