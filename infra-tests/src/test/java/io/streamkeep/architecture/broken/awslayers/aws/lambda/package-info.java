@NullMarked
package io.streamkeep.architecture.broken.awslayers.aws.lambda;

import org.jspecify.annotations.NullMarked;
