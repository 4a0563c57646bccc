@NullMarked
package io.streamkeep.functions.operations;

import org.jspecify.annotations.NullMarked;
