/** Shared by the DynamoDB stores: reading items, sizes, compression, conditions, cancellations. */
@NullMarked
package io.streamkeep.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
