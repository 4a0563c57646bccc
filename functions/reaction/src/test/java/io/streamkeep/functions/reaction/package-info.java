@NullMarked
package io.streamkeep.functions.reaction;

import org.jspecify.annotations.NullMarked;
