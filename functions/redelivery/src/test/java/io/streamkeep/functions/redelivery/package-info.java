@NullMarked
package io.streamkeep.functions.redelivery;

import org.jspecify.annotations.NullMarked;
