@NullMarked
package io.streamkeep.functions.reconciler;

import org.jspecify.annotations.NullMarked;
