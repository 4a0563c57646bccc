/** The reaction function: feeds and publishes commits from the stream of the events table. */
@NullMarked
package io.streamkeep.functions.reaction;

import org.jspecify.annotations.NullMarked;
