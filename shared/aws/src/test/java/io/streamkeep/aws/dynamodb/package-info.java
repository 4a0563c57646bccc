@NullMarked
package io.streamkeep.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
