/** What org.crac calls where there is SnapStart: it looks for just these names and methods. */
@NullMarked
package io.streamkeep.localcloud.runtime.crac;

import org.jspecify.annotations.NullMarked;
