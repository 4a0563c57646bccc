@NullMarked
package io.streamkeep.functions.query;

import org.jspecify.annotations.NullMarked;
