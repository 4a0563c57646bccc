package io.streamkeep.architecture.broken.awslayers.aws.lambda;

/** Belongs to a higher layer. */
public final class HigherLambda {}
