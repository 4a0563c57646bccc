/** Parking on SQS. */
@NullMarked
package io.streamkeep.aws.sqs;

import org.jspecify.annotations.NullMarked;
