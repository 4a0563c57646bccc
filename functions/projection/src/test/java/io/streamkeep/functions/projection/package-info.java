@NullMarked
package io.streamkeep.functions.projection;

import org.jspecify.annotations.NullMarked;
