/** Output for people: detects terminals, and describes errors in a few words. */
@NullMarked
package io.streamkeep.console;

import org.jspecify.annotations.NullMarked;
