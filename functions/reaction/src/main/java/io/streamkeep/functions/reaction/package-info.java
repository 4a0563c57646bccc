/** The reaction function: feeds and publishes commits from the stream of the event table. */
@NullMarked
package io.streamkeep.functions.reaction;

import org.jspecify.annotations.NullMarked;
