/** Requests and responses through API Gateway. */
@NullMarked
package io.streamkeep.aws.http;

import org.jspecify.annotations.NullMarked;
