/** The command function: turns requests into commands and their outcomes into responses. */
@NullMarked
package io.streamkeep.functions.command;

import org.jspecify.annotations.NullMarked;
