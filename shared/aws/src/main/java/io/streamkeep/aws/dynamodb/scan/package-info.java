/** Scanning the event table, and storing the progress of the scan. */
@NullMarked
package io.streamkeep.aws.dynamodb.scan;

import org.jspecify.annotations.NullMarked;
