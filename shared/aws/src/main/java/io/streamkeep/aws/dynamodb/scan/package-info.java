/** Scanning the events table, and remembering how far the scan has come. */
@NullMarked
package io.streamkeep.aws.dynamodb.scan;

import org.jspecify.annotations.NullMarked;
