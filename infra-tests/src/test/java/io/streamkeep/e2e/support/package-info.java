/** Backends, clients and checks that the end-to-end tests share. */
@NullMarked
package io.streamkeep.e2e.support;

import org.jspecify.annotations.NullMarked;
