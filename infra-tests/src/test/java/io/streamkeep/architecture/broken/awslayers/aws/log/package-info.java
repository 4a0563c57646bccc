@NullMarked
package io.streamkeep.architecture.broken.awslayers.aws.log;

import org.jspecify.annotations.NullMarked;
