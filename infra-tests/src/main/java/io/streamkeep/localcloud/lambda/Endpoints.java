package io.streamkeep.localcloud.lambda;

/** The endpoints of the services that functions call. */
public record Endpoints(String dynamoDb, String sqs) {}
