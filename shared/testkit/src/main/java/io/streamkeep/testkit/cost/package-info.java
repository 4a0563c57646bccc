/** What the event store, or any other code, costs on DynamoDB. */
@NullMarked
package io.streamkeep.testkit.cost;

import org.jspecify.annotations.NullMarked;
