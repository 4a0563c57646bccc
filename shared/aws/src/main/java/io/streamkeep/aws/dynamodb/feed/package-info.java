/** The feed on a DynamoDB table. */
@NullMarked
package io.streamkeep.aws.dynamodb.feed;

import org.jspecify.annotations.NullMarked;
