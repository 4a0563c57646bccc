@NullMarked
package io.streamkeep.aws.sqs;

import org.jspecify.annotations.NullMarked;
