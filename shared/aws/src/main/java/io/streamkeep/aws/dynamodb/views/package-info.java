/** Views, totals, cursors and parked positions on a DynamoDB table. */
@NullMarked
package io.streamkeep.aws.dynamodb.views;

import org.jspecify.annotations.NullMarked;
