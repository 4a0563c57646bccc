@NullMarked
package io.streamkeep.aws.lambda;

import org.jspecify.annotations.NullMarked;
