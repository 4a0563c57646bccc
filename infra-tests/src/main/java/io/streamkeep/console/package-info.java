/** What commands show to people: a terminal or none, and errors in a few words. */
@NullMarked
package io.streamkeep.console;

import org.jspecify.annotations.NullMarked;
