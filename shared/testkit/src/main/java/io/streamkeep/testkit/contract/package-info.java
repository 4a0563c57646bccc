/** Contracts of stores, stored formats and views, as suites that a fixture runs. */
@NullMarked
package io.streamkeep.testkit.contract;

import org.jspecify.annotations.NullMarked;
