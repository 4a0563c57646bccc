package io.streamkeep.localcloud.lambda;

/** Where functions find the services. */
public record Endpoints(String dynamoDb, String sqs) {}
