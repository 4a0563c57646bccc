/** What every store, stored format and view must keep, as suites that a fixture runs. */
@NullMarked
package io.streamkeep.testkit.contract;

import org.jspecify.annotations.NullMarked;
