/** HTTP on loopback. */
@NullMarked
package io.streamkeep.localcloud.http;

import org.jspecify.annotations.NullMarked;
