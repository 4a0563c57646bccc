@NullMarked
package io.streamkeep.aws.log;

import org.jspecify.annotations.NullMarked;
