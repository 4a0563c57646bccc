@NullMarked
package io.streamkeep.domain.json;

import org.jspecify.annotations.NullMarked;
