/** API Gateway's REST API with Lambda proxy integrations. */
@NullMarked
package io.streamkeep.localcloud.gateway;

import org.jspecify.annotations.NullMarked;
