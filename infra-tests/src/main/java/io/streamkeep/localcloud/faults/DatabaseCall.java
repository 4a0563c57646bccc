package io.streamkeep.localcloud.faults;

import java.util.Set;

/**
 * A call at DynamoDB's endpoint.
 *
 * @param function the logical id of the function that calls, or "" for any other caller
 * @param environment the id of the function's environment, which is its session token, or ""
 * @param operation such as DynamoDB.PutItem
 * @param tables the logical ids of the tables that a function uses; unknown for any other caller
 */
public record DatabaseCall(
    String function, String environment, String operation, Set<String> tables) {}
