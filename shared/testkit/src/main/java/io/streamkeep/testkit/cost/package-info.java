/** The cost of code on DynamoDB, measured by the service's rules. */
@NullMarked
package io.streamkeep.testkit.cost;

import org.jspecify.annotations.NullMarked;
