@NullMarked
package io.streamkeep.aws.dynamodb.scan;

import org.jspecify.annotations.NullMarked;
