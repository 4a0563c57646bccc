package io.streamkeep.localcloud.services;

import java.util.Set;

/**
 * A call at a service's endpoint.
 *
 * @param accessKey what it was made with
 * @param sessionToken that as well; "" if there is none
 * @param operation such as DynamoDB.PutItem
 * @param resources the ARNs of all that a function uses by it; not known of anyone else
 */
public record Call(
    String accessKey, String sessionToken, String operation, Set<String> resources) {}
