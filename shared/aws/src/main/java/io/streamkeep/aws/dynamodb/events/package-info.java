/** The event store on a DynamoDB table. */
@NullMarked
package io.streamkeep.aws.dynamodb.events;

import org.jspecify.annotations.NullMarked;
