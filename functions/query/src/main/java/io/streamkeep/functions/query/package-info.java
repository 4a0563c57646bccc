/** The query function: views, and history. */
@NullMarked
package io.streamkeep.functions.query;

import org.jspecify.annotations.NullMarked;
