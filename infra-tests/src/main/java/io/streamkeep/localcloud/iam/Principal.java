package io.streamkeep.localcloud.iam;

/**
 * A function in its role.
 *
 * @param function the function's logical id
 * @param arn the ARN of the assumed role's session, which is named after the function
 */
public record Principal(String function, String arn, Role role) {}
