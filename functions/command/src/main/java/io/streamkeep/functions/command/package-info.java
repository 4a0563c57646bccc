/** The command function: a request becomes a command, its outcome an answer. */
@NullMarked
package io.streamkeep.functions.command;

import org.jspecify.annotations.NullMarked;
