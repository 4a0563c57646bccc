package io.streamkeep.architecture.broken.awslayers.aws.log;

import io.streamkeep.architecture.broken.awslayers.aws.lambda.HigherLambda;
import org.jspecify.annotations.Nullable;

final class SeesLambda {
  @Nullable HigherLambda higher;
}
