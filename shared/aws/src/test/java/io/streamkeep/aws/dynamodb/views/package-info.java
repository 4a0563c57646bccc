@NullMarked
package io.streamkeep.aws.dynamodb.views;

import org.jspecify.annotations.NullMarked;
