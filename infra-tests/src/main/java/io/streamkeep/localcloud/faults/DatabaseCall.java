package io.streamkeep.localcloud.faults;

import java.util.Set;

/**
 * A call at DynamoDB's endpoint.
 *
 * @param function the logical id of the function that calls, or "" for anyone else
 * @param operation such as DynamoDB.PutItem
 * @param tables the logical ids of the tables that a function uses by it; not known of anyone else
 */
public record DatabaseCall(String function, String operation, Set<String> tables) {}
