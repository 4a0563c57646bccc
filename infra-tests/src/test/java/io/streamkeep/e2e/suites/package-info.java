/** Black-box suites that run on every backend on which the template is deployed. */
@NullMarked
package io.streamkeep.e2e.suites;

import org.jspecify.annotations.NullMarked;
