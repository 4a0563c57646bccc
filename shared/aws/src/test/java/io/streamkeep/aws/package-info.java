@NullMarked
package io.streamkeep.aws;

import org.jspecify.annotations.NullMarked;
