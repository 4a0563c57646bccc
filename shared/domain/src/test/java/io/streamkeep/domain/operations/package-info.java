@NullMarked
package io.streamkeep.domain.operations;

import org.jspecify.annotations.NullMarked;
