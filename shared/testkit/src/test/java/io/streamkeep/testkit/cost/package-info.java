@NullMarked
package io.streamkeep.testkit.cost;

import org.jspecify.annotations.NullMarked;
