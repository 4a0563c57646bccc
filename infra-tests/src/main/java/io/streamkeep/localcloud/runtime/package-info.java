/** What runs in an execution environment beside the function: plain Java, nothing else. */
@NullMarked
package io.streamkeep.localcloud.runtime;

import org.jspecify.annotations.NullMarked;
