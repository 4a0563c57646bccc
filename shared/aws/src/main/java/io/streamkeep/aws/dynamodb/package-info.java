/** What the DynamoDB stores share: sizes, compression, conditions, cancellations. */
@NullMarked
package io.streamkeep.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
