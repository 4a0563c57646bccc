@NullMarked
package io.streamkeep.functions.command;

import org.jspecify.annotations.NullMarked;
