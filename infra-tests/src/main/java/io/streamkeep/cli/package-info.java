/** The command line. */
@NullMarked
package io.streamkeep.cli;

import org.jspecify.annotations.NullMarked;
