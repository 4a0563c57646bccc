/** Parking, redelivery and publishing on SQS queues. */
@NullMarked
package io.streamkeep.aws.sqs;

import org.jspecify.annotations.NullMarked;
