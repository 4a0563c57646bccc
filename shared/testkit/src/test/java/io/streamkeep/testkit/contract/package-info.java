@NullMarked
package io.streamkeep.testkit.contract;

import org.jspecify.annotations.NullMarked;
